package io.perpetua.application.brief;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes briefs. Driven port; safe for concurrent use; may take long, so it is called in the background only. */
public interface Summarizer {

    /**
     * The text of a brief that tells what {@code before} tells and what {@code turns} add, in at most {@code maxTokens}.
     *
     * @param before the brief so far, null for the first
     * @param turns the turns to fold in, ascending, not empty
     * @throws SummarizerUnavailable when no summary could be had
     */
    String summarize(@Nullable Brief before, List<Turn> turns, int maxTokens);

    /** No summary could be had, after whatever attempts were worth making. */
    final class SummarizerUnavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public SummarizerUnavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
