package io.perpetua.application.chat;

import io.perpetua.application.vision.DocumentChoice;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of the memory; null is whatever the policies say.
 *
 * @param enabled false for a plain gateway: nothing stored, nothing added
 * @param mode the mode to serve in, null for {@code auto}
 * @param recentTurns most recent turns sent verbatim, at least 0
 * @param recalled most matches recalled, at least 0
 * @param tokenBudget tokens for prompt and completion together, at least 256
 * @param documents which documents are looked into for what bears on the message, null for none
 */
public record MemoryOptions(
        boolean enabled,
        @Nullable Mode mode,
        Strategy strategy,
        @Nullable Integer recentTurns,
        @Nullable Integer recalled,
        @Nullable Integer tokenBudget,
        @Nullable DocumentChoice documents) {

    public static final MemoryOptions DEFAULT = new MemoryOptions(true, null, Strategy.CHAT, null, null, null);

    /** What a client wants that names no documents. */
    public MemoryOptions(
            boolean enabled,
            @Nullable Mode mode,
            Strategy strategy,
            @Nullable Integer recentTurns,
            @Nullable Integer recalled,
            @Nullable Integer tokenBudget) {
        this(enabled, mode, strategy, recentTurns, recalled, tokenBudget, null);
    }
}
