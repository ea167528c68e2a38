package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a client saw of one call.
 *
 * @param prompt the number of the prompt
 * @param stream whether it asked for a stream
 * @param fate what it was given
 * @param status the HTTP status, 0 where none came
 * @param error the error's code or, where it has none, its message; empty where there is none
 * @param firstNanos from the call to its first content, and to its end where nothing was said
 * @param lastNanos from the call to its last content, likewise
 * @param wholeNanos from the call to its end
 * @param metadata the server's account, a missing node where it gave none
 */
record Seen(
        int prompt,
        boolean stream,
        Fate fate,
        int status,
        String error,
        long firstNanos,
        long lastNanos,
        long wholeNanos,
        JsonNode metadata) {

    boolean whole() {
        return fate == Fate.WHOLE;
    }

    boolean fellBack() {
        return metadata.path("fallback_used").asBoolean();
    }

    /** Who answered, empty where nobody did. */
    String provider() {
        return metadata.path("provider").asText("");
    }
}
