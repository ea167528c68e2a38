package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.perpetua.application.brief.BriefListener;
import io.perpetua.application.context.ContextListener;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** The figures of the memory: what is kept, condensed and put together. */
@Singleton
@Named("figures")
final class MeteredMemory implements StoreTurns.Listener, BriefListener, ContextListener {

    private final Counter stored;
    private final ByOutcome<Author> summarizations;
    private final Timer assembly;

    MeteredMemory(Meters meters) {
        stored = meters.counter("context.storage", "Turns that were stored");
        summarizations = meters.counter(
                "token.budget.summarizations",
                "Briefs that were kept, by who wrote them",
                "author",
                Author.class,
                Meters::word);
        assembly = meters.timer("context.assembly.duration", "What making a context took", Meters.SHORT);
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        stored.increment(said.size());
    }

    @Override
    public void kept(Author author) {
        summarizations.count(author);
    }

    @Override
    public void assembled(Duration took) {
        assembly.record(took);
    }
}
