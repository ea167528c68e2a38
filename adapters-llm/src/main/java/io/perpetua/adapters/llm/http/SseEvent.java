package io.perpetua.adapters.llm.http;

/**
 * One event of a stream.
 *
 * @param type its name, {@code message} unless it says otherwise
 * @param data its data lines joined by line feeds, never empty
 */
public record SseEvent(String type, String data) {

    public static final String DEFAULT_TYPE = "message";
}
