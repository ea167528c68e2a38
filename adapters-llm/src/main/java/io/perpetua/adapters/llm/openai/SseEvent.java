package io.perpetua.adapters.llm.openai;

/**
 * One event of a stream.
 *
 * @param type its name, {@code message} unless it says otherwise
 * @param data its data lines joined by line feeds, never empty
 */
record SseEvent(String type, String data) {

    static final String DEFAULT_TYPE = "message";
}
