package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a model is to think, by its generation: up to 2.0 not at all, 2.5 on a budget of tokens, later ones at a level.
 * Efforts mean what they mean at Gemini's own endpoint for OpenAI's clients.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/openai#thinking">OpenAI compatibility</a>
 */
final class ThinkingConfig {

    /** Fewest tokens for a model that cannot do without. */
    private static final int LEAST = 128;

    private ThinkingConfig() {}

    /** Whether a model wants its thoughts' signatures back with its calls. */
    static boolean signsThoughts(String model) {
        return model.startsWith("gemini") && !model.startsWith("gemini-1") && !model.startsWith("gemini-2");
    }

    static void write(ObjectNode config, String model, String effort) {
        if (signsThoughts(model)) {
            var thinking = config.putObject("thinkingConfig").put("thinkingLevel", level(effort));
            thinking.put("includeThoughts", !effort.equals("none"));
        } else if (model.startsWith("gemini-2.5")) {
            var thinking = config.putObject("thinkingConfig").put("thinkingBudget", budget(model, effort));
            thinking.put("includeThoughts", !effort.equals("none"));
        }
    }

    private static String level(String effort) {
        return switch (effort) {
            case "none", "minimal", "low" -> "low";
            case "medium" -> "medium";
            default -> "high";
        };
    }

    private static int budget(String model, String effort) {
        return switch (effort) {
            case "none" -> model.startsWith("gemini-2.5-pro") ? LEAST : 0;
            case "minimal", "low" -> 1_024;
            case "medium" -> 8_192;
            default -> 24_576;
        };
    }
}
