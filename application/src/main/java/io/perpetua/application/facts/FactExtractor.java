package io.perpetua.application.facts;

import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.facts.Triple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds facts in what users said. Driven port; safe for concurrent use; may take long, so it is called in the background only. */
public interface FactExtractor {

    /** Whether anybody is to be asked at all. */
    boolean enabled();

    /**
     * The facts that {@code turns} state, at most some dozen; none where the answer makes no sense.
     *
     * @param turns users' turns, ascending, not empty
     * @throws ExtractorUnavailable when no answer could be had
     */
    List<Extracted> extract(List<Turn> turns);

    /**
     * A fact that was found.
     *
     * @param confidence in [0, 1]
     * @param turn the number of the turn that states it
     */
    record Extracted(Triple triple, double confidence, int turn) {}

    /** No answer could be had, after whatever attempts were worth making. */
    final class ExtractorUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public ExtractorUnavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
