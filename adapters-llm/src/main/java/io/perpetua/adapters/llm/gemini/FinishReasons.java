package io.perpetua.adapters.llm.gemini;

/** Why an answer ended, in OpenAI's words. */
final class FinishReasons {

    private FinishReasons() {}

    /**
     * The reason for {@code finishReason}.
     *
     * @param called whether the answer calls functions, of which Gemini's reason says nothing
     */
    static String of(String finishReason, boolean called) {
        return switch (finishReason) {
            case "MAX_TOKENS" -> "length";
            case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> "content_filter";
            default -> {
                if (finishReason.startsWith("IMAGE_")) {
                    yield "content_filter";
                }
                yield called ? "tool_calls" : "stop";
            }
        };
    }

    /** Whether the model has failed at what it was to write, so that there is no answer unless some of it came before. */
    static boolean failed(String finishReason) {
        return switch (finishReason) {
            case "MALFORMED_FUNCTION_CALL",
                    "MALFORMED_RESPONSE",
                    "UNEXPECTED_TOOL_CALL",
                    "TOO_MANY_TOOL_CALLS",
                    "MISSING_THOUGHT_SIGNATURE" -> true;
            default -> false;
        };
    }
}
