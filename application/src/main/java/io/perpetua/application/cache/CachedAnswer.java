package io.perpetua.application.cache;

import java.nio.charset.StandardCharsets;

/**
 * An answer that is kept to be given again.
 *
 * @param completion the completion's JSON
 * @param provider who answered
 * @param model the model that answered
 */
public record CachedAnswer(String completion, String provider, String model) {

    /** What it takes up, in bytes of the completion's UTF-8. */
    public int bytes() {
        return completion.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "CachedAnswer[" + provider + "/" + model + ", " + completion.length() + " characters]";
    }
}
