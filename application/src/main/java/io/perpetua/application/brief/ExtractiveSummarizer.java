package io.perpetua.application.brief;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.brief.ExtractiveBrief;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes briefs by quoting what says most; needs no model and is never unavailable. Safe for concurrent use. */
public final class ExtractiveSummarizer implements Summarizer {

    private final TokenCounter counter;

    public ExtractiveSummarizer(TokenCounter counter) {
        this.counter = counter;
    }

    @Override
    public String summarize(@Nullable Brief before, List<Turn> turns, int maxTokens) {
        return ExtractiveBrief.roll(before, turns, maxTokens, counter);
    }
}
