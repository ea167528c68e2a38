package io.perpetua.adapters.llm.anthropic;

import java.util.Comparator;
import java.util.List;

/**
 * What a model takes and what it refuses. Dated snapshots are what the name that they begin with is.
 *
 * @param name its name, or what its snapshots' names begin with
 * @param largestAnswer most tokens of an answer, thinking included
 * @param thinking how it is asked to think
 * @param sampling whether it takes a temperature and its like
 * @param structured whether it can be held to a JSON Schema
 * @param cacheFrom fewest tokens of a prefix that is worth marking for the provider's cache
 */
public record ClaudeModel(
        String name, int largestAnswer, Thinking thinking, boolean sampling, boolean structured, int cacheFrom) {

    /** How a model thinks. */
    public enum Thinking {
        /** Not at all. */
        NONE,
        /** When told how many tokens it may take for it. */
        BUDGET,
        /** As far as it finds needful, unless it is switched off. */
        ADAPTIVE,
        /** As far as it finds needful; it cannot be switched off. */
        ALWAYS
    }

    /** A model that nothing is known about: what every model since 2026 takes. */
    static final ClaudeModel UNKNOWN = new ClaudeModel("", 128_000, Thinking.ALWAYS, false, true, 1_024);

    /** Whether it may think where nobody said that it should. */
    boolean thinksUnasked() {
        return thinking == Thinking.ADAPTIVE || thinking == Thinking.ALWAYS;
    }

    /** The model of {@code models} that is called {@code name}, or that it is a snapshot of. */
    static ClaudeModel find(List<ClaudeModel> models, String name) {
        return models.stream()
                .filter(model -> name.equals(model.name) || name.startsWith(model.name + "-"))
                .max(Comparator.comparingInt(model -> model.name.length()))
                .orElse(UNKNOWN);
    }
}
