package io.perpetua.domain.journal;

import io.perpetua.domain.routing.Intent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a number of turns comes to. Rates are shares from 0 to 1, and null where there is nothing that they could be a share
 * of; milliseconds are nearest-rank quantiles over answered turns.
 *
 * @param turns all of them, however they ended
 * @param answered those with an answer, from the cache or a provider
 * @param intents how many turns asked for each kind of help; those that did not occur are missing
 * @param p50Ms half of the answered turns took no longer, from the request to the last chunk; null when there are none
 * @param p95Ms nineteen of twenty took no longer
 * @param providers what each provider did
 * @param costUsd dollars, of the turns whose price is known
 * @param unpriced answered turns whose price is not known
 * @param costByTenant {@code costUsd} by whose the turns were
 * @param cacheHitRate answers from the cache, of the answered turns
 * @param fallbackRate answers of someone other than the first in line, of the answered turns
 * @param fallbackReasons why others in line did not answer where someone else did, by how often
 * @param errorRate turns that ended by somebody's fault other than the client's, of all
 * @param errors what went wrong, by how often
 * @param savedTokens tokens of whole conversations that were not sent
 * @param savedUsd what they would have cost, at least, of the turns whose price is known
 */
public record Figures(
        long turns,
        long answered,
        Map<Intent, Long> intents,
        @Nullable Long p50Ms,
        @Nullable Long p95Ms,
        Map<String, OfProvider> providers,
        double costUsd,
        long unpriced,
        Map<String, Double> costByTenant,
        @Nullable Double cacheHitRate,
        @Nullable Double fallbackRate,
        Map<String, Long> fallbackReasons,
        @Nullable Double errorRate,
        Map<String, Long> errors,
        long savedTokens,
        double savedUsd) {

    /**
     * One provider.
     *
     * @param answered turns that it answered
     * @param failures times it was asked in vain
     * @param p95Ms nineteen of twenty of its answers took no longer, the whole of each; null when it gave none
     * @param costUsd dollars, of the turns whose price is known
     */
    public record OfProvider(
            long answered, long failures, @Nullable Long p95Ms, double costUsd) {}

    public Figures {
        intents = Map.copyOf(intents);
        providers = Map.copyOf(providers);
        costByTenant = Map.copyOf(costByTenant);
        fallbackReasons = Map.copyOf(fallbackReasons);
        errors = Map.copyOf(errors);
    }

    /** Dollars a turn, of the answered turns whose price is known; null when there are none. */
    public @Nullable Double costPerTurnUsd() {
        long priced = answered - unpriced;
        return priced == 0 ? null : costUsd / priced;
    }
}
