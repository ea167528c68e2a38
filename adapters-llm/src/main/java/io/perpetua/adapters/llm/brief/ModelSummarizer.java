package io.perpetua.adapters.llm.brief;

import io.perpetua.adapters.llm.background.PatientModel;
import io.perpetua.adapters.llm.background.PatientModel.NoAnswer;
import io.perpetua.adapters.llm.background.Waiter;
import io.perpetua.application.brief.Summarizer;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Has a model write briefs, as {@link PatientModel} asks. Safe for concurrent use if what it is given is. */
public final class ModelSummarizer implements Summarizer {

    private final PatientModel model;
    private final TokenCounter counter;

    /**
     * A summarizer that asks {@code model}.
     *
     * @param counter counts what briefs may cost
     * @param waiter lets the pauses pass
     * @param random chooses how long they are
     */
    public ModelSummarizer(
            ChatProvider provider, String model, TokenCounter counter, Waiter waiter, RandomGenerator random) {
        this(provider, model, counter, waiter, random, PatientModel.PATIENCE);
    }

    ModelSummarizer(
            ChatProvider provider,
            String model,
            TokenCounter counter,
            Waiter waiter,
            RandomGenerator random,
            Duration patience) {
        this.model = new PatientModel(provider, model, "brief", waiter, random, patience);
        this.counter = counter;
    }

    @Override
    public String summarize(@Nullable Brief before, List<Turn> turns, int maxTokens) {
        try {
            return model.ask(Prompt.messages(before, turns, maxTokens), answer -> bounded(answer, maxTokens));
        } catch (NoAnswer e) {
            throw new SummarizerUnavailable(Objects.requireNonNullElse(e.getMessage(), "no brief"), e.getCause());
        }
    }

    private @Nullable String bounded(String answer, int maxTokens) {
        String cut = Bounded.cut(answer, maxTokens, counter);
        return cut.isBlank() ? null : cut;
    }
}
