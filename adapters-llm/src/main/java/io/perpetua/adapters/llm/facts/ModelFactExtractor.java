package io.perpetua.adapters.llm.facts;

import io.perpetua.adapters.llm.background.PatientModel;
import io.perpetua.adapters.llm.background.PatientModel.NoAnswer;
import io.perpetua.adapters.llm.background.Waiter;
import io.perpetua.application.facts.FactExtractor;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.conversation.Turn;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Has a model find facts, as {@link PatientModel} asks. An answer without an array of facts is asked for again; where it
 * is none at the last, too, nothing was found. Safe for concurrent use if what it is given is.
 */
public final class ModelFactExtractor implements FactExtractor {

    private final PatientModel model;

    /**
     * An extractor that asks {@code model}.
     *
     * @param waiter lets the pauses pass
     * @param random chooses how long they are
     */
    public ModelFactExtractor(ChatProvider provider, String model, Waiter waiter, RandomGenerator random) {
        this.model = new PatientModel(provider, model, "list of facts", waiter, random, PatientModel.PATIENCE);
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public List<Extracted> extract(List<Turn> turns) {
        try {
            return model.ask(ExtractionPrompt.messages(turns), ExtractedFacts::in);
        } catch (NoAnswer e) {
            if (e.getCause() instanceof ProviderFailure failure && failure.kind() == ProviderFailure.Kind.MALFORMED) {
                return List.of();
            }
            throw new ExtractorUnavailable(Objects.requireNonNullElse(e.getMessage(), "no facts"), e.getCause());
        }
    }
}
