package io.perpetua.adapters.llm.anthropic;

/** Why an answer ended, in OpenAI's words. */
final class StopReasons {

    private StopReasons() {}

    static String finishReason(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal" -> "content_filter";
            default -> "stop"; // end_turn, stop_sequence; pause_turn is for tools of theirs, which are never asked for
        };
    }
}
