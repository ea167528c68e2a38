package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.brief.ModelSummarizer;
import io.perpetua.adapters.llm.facts.ModelFactExtractor;
import io.perpetua.application.brief.ExtractiveSummarizer;
import io.perpetua.application.brief.Summarizer;
import io.perpetua.application.facts.FactExtractor;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Who answers: the providers that are on, their models and prices, the ladders, and who writes briefs. Replaced as a whole
 * while requests are served: whoever has begun goes on with what there was, and the connections to a provider that is
 * gone, or is asked otherwise now, are closed when nobody needs them any more. Safe for concurrent use; replaced by one
 * thread at a time.
 */
final class Serving implements ReloadedPart, AutoCloseable {

    private final OfferingReader reader;
    private final TokenCounter counter;
    private final Offers offers;
    private final Summarizer extractive;
    private volatile Offering inForce;
    private volatile Summarizer summarizer;
    private volatile @Nullable FactExtractor extractor;

    /**
     * Serves what is configured at the start.
     *
     * @param counter counts what briefs may cost
     */
    Serving(OfferingReader reader, TokenCounter counter, Configuration start) {
        this.reader = reader;
        this.counter = counter;
        extractive = new ExtractiveSummarizer(counter);
        var first = reader.read(start.environment(), start.table(), Map.of(), start.mistakes());
        if (first == null) {
            throw new IllegalArgumentException(
                    "a configuration with mistakes: " + start.mistakes().sentences());
        }
        inForce = first;
        offers = new Offers(first.offer());
        summarizer = summarizer(first.summarizer());
        extractor = extractor(first.extractor());
    }

    Offers offers() {
        return offers;
    }

    /** Briefs are written by whoever is to write them when one is asked for. */
    Summarizers summarizers() {
        return new Summarizers(
                (before, turns, maxTokens) -> summarizer.summarize(before, turns, maxTokens), extractive);
    }

    /** Facts are found by whoever is to find them when they are asked for. */
    FactExtractor extractor() {
        return new FactExtractor() {
            @Override
            public boolean enabled() {
                return extractor != null;
            }

            @Override
            public List<Extracted> extract(List<Turn> turns) {
                var asked = extractor;
                return asked == null ? List.of() : asked.extract(turns);
            }
        };
    }

    @Override
    public Runnable read(Configuration changed) {
        var next = reader.read(changed.environment(), changed.table(), inForce.upstreams(), changed.mistakes());
        return next == null ? () -> {} : () -> replace(next);
    }

    private void replace(Offering next) {
        var before = inForce;
        inForce = next;
        offers.replace(next.offer());
        summarizer = summarizer(next.summarizer());
        extractor = extractor(next.extractor());
        before.upstreams().forEach((name, upstream) -> {
            var now = next.upstreams().get(name);
            if (now == null || !now.configured().isAskedLike(upstream.configured())) {
                upstream.provider().retire();
            }
        });
    }

    private Summarizer summarizer(@Nullable Target target) {
        return target == null
                ? extractive
                : new ModelSummarizer(
                        target.provider(), target.model().name(), counter, Thread::sleep, new SplittableRandom());
    }

    private static @Nullable FactExtractor extractor(@Nullable Target target) {
        return target == null
                ? null
                : new ModelFactExtractor(
                        target.provider(), target.model().name(), Thread::sleep, new SplittableRandom());
    }

    @Override
    public void close() {
        inForce.upstreams().values().forEach(upstream -> upstream.provider().close());
    }
}
