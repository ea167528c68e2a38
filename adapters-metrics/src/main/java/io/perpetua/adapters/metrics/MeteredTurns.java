package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.domain.journal.Ending;
import io.perpetua.domain.usage.Usage;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The figures of turns: their ends, tokens and dollars. */
@Singleton
final class MeteredTurns implements EndedTurn.Listener {

    private final ByOutcome<Ending> turns;
    private final Timer duration;
    private final DistributionSummary used;
    private final DistributionSummary remaining;
    private final Counter overflows;
    private final Counter saved;
    private final Counter retrievals;
    private final Counter hits;
    private final Counter misses;
    private final Counter fresh;
    private final Counter cached;
    private final Counter output;
    private final Counter reasoning;
    private final Counter dollars;
    private final Counter priceMissing;
    private final MeteredProviders providers;

    MeteredTurns(Meters meters, MeteredProviders providers) {
        this.providers = providers;
        turns = meters.counter(
                "turns", "Turns that were let in, by how they ended", "outcome", Ending.class, Ending::wire);
        duration = meters.timer("turns.duration", "From the request to the end", Meters.LONG);
        used = meters.tokens("token.budget.used", "Tokens of contexts");
        remaining = meters.tokens("token.budget.remaining", "Tokens of budgets that contexts left");
        overflows = meters.counter("token.budget.overflows", "Contexts that cost more than their budget");
        saved = meters.counter("token.budget.saved", "Tokens of whole conversations that were not sent");
        retrievals = meters.counter("context.retrievals", "Contexts for which older turns were looked for");
        hits = meters.counter("cache.hits", "Answers that had been given before");
        misses = meters.counter("cache.misses", "Answers that were looked for in the cache in vain");
        fresh = used(meters, "input");
        cached = used(meters, "cached_input");
        output = used(meters, "output");
        reasoning = used(meters, "reasoning");
        dollars = meters.counter("cost.usd", "Dollars of answers whose price is known");
        priceMissing = meters.counter("price.missing", "Answers whose price is not known");
    }

    private static Counter used(Meters meters, String type) {
        return Counter.builder("tokens")
                .description(
                        "Tokens that answers used: all input and what of it was cached, all output and its reasoning")
                .tag("type", type)
                .register(meters.registry());
    }

    @Override
    public void ended(EndedTurn turn) {
        var report = turn.report();
        turns.count(turn.ending());
        duration.record(Duration.ofMillis(report.latencies().totalMs()));
        context(report);
        if (report.cache() != CacheStatus.BYPASS) {
            (report.cache() == CacheStatus.HIT ? hits : misses).increment();
        }
        providers.attempted(report.attempts(), report.fallbackUsed() && report.provider() != null);
        if (report.usage() != null) {
            answered(report, report.usage());
        }
    }

    private void context(TurnReport report) {
        var tokens = report.tokens();
        used.record(tokens.sent());
        remaining.record(Math.max(0, tokens.budget() - tokens.sent()));
        saved.increment((double) tokens.saved());
        if (tokens.sent() > tokens.budget()) {
            overflows.increment();
        }
        if (report.useRetrieval()) {
            retrievals.increment();
        }
    }

    private void answered(TurnReport report, Usage usage) {
        fresh.increment(usage.input());
        cached.increment(usage.cachedInput());
        output.increment(usage.output());
        reasoning.increment(usage.reasoning());
        if (report.costUsd() == null) {
            priceMissing.increment();
        } else {
            dollars.increment(report.costUsd());
        }
    }
}
