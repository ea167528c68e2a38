package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.anthropic.ClaudeModel.Thinking;
import io.perpetua.adapters.llm.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a model is to think. {@code reasoning_effort} becomes a budget of tokens or an effort, whichever the model takes; a
 * {@code thinking} of the client's own is handed on as it is.
 */
final class ThinkingChoice {

    private static final int SMALLEST_BUDGET = 1_024;

    private final ClaudeModel model;
    private final ObjectNode parameters;
    private final boolean forcedTool;
    private final boolean repeatsThoughts;

    /**
     * The choice for a request.
     *
     * @param forcedTool whether a tool has to be called, which no model does while it thinks
     * @param repeatsThoughts whether every tool call since the user spoke comes with what was thought before it: without,
     *     a model that thinks on a budget refuses the request
     */
    ThinkingChoice(ClaudeModel model, ObjectNode parameters, boolean forcedTool, boolean repeatsThoughts) {
        this.model = model;
        this.parameters = parameters;
        this.forcedTool = forcedTool;
        this.repeatsThoughts = repeatsThoughts;
    }

    /** Writes it into {@code body}. Returns whether the model was asked to think. */
    boolean apply(ObjectNode body) {
        if (parameters.path("thinking").isObject()) {
            body.set("thinking", parameters.get("thinking"));
            return !parameters.path("thinking").path("type").asText().equals("disabled");
        }
        String effort = Json.text(parameters.get("reasoning_effort"));
        return switch (model.thinking()) {
            case NONE -> false;
            case BUDGET -> effort != null && !forcedTool && repeatsThoughts && applyBudget(body, effort);
            case ADAPTIVE, ALWAYS -> applyEffort(body, effort);
        };
    }

    /** Thinking counts towards the answer's limit, here as at OpenAI; at least half of it is left for the answer. */
    private boolean applyBudget(ObjectNode body, String effort) {
        boolean limited =
                Json.count(parameters, "max_completion_tokens") > 0 || Json.count(parameters, "max_tokens") > 0;
        int limit = body.path("max_tokens").intValue();
        int wanted = switch (effort) {
            case "minimal", "low" -> SMALLEST_BUDGET;
            case "medium" -> 4_096;
            case "high" -> 16_384;
            case "xhigh", "max" -> 32_768;
            default -> 0;
        };
        if (!limited) {
            limit = Math.min(model.largestAnswer(), limit + wanted);
        }
        int budget = Math.min(wanted, limit / 2);
        if (budget < SMALLEST_BUDGET) {
            return false;
        }
        body.put("max_tokens", limit);
        body.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
        return true;
    }

    private boolean applyEffort(ObjectNode body, @Nullable String effort) {
        boolean off = "none".equals(effort) || forcedTool;
        if (off && model.thinking() == Thinking.ADAPTIVE) {
            body.putObject("thinking").put("type", "disabled");
            return false;
        }
        if (effort == null) {
            return false;
        }
        // Summaries are what can be read of thoughts; newer models leave them out unless asked.
        body.putObject("thinking").put("type", "adaptive").put("display", "summarized");
        body.withObject("/output_config").put("effort", named(effort));
        return true;
    }

    private static String named(String effort) {
        return switch (effort) {
            case "none", "minimal" -> "low";
            default -> effort;
        };
    }
}
