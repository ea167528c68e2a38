package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A server's answer.
 *
 * @param text what it says
 * @param metadata the server's account of it
 * @param cache the header that tells whether it was given before
 */
record Answer(String text, JsonNode metadata, String cache) {

    private static final int CLIP = 80;
    private static final String OFFLINE = "offline";

    /** Whether nobody has answered but the server itself, which does where no provider is configured. */
    boolean isOffline() {
        return metadata.path("provider").asText().equals(OFFLINE);
    }

    /** {@code text} as far as it fits a line. */
    static String clip(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= CLIP ? line : line.substring(0, CLIP) + "…";
    }
}
