package io.perpetua.application.conversation;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.mode.Mode;
import java.util.Map;

/** How much the record holds, all tenants together. Driven port; safe for concurrent use; throws {@link StoreUnavailable}. */
public interface Statistics {

    Totals totals();

    /**
     * Sums over all conversations. A turn that several share counts in each.
     *
     * @param tokens what all turns cost together
     * @param modes how many conversations are in each mode; a mode that none is in may be missing
     */
    record Totals(long conversations, long turns, long tokens, Map<Mode, Long> modes) {

        public Totals {
            modes = Map.copyOf(modes);
        }

        /** How many conversations are in {@code mode}. */
        public long in(Mode mode) {
            return modes.getOrDefault(mode, 0L);
        }

        /** How many turns a conversation has on average, 0 where there is none. */
        public double turnsEach() {
            return conversations == 0 ? 0 : (double) turns / conversations;
        }

        /** What a conversation costs on average, 0 where there is none. */
        public double tokensEach() {
            return conversations == 0 ? 0 : (double) tokens / conversations;
        }
    }
}
