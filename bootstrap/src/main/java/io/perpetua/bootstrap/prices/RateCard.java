package io.perpetua.bootstrap.prices;

import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rates as a list states them, which leaves out what it can. A tier costs what the one below does where it says nothing
 * else; where nobody states what a cached, written or generated token costs, it costs what a fresh one does there. Not safe
 * for concurrent use.
 */
public final class RateCard {

    /** What is paid for. */
    public enum Rate {
        INPUT,
        CACHED_INPUT,
        CACHE_WRITE,
        OUTPUT
    }

    private final TreeMap<Integer, Map<Rate, Double>> stated = new TreeMap<>();

    /**
     * Takes a rate down.
     *
     * @param above prompt tokens that a prompt must exceed to be charged so; 0 for the base rates
     * @param dollars per million tokens
     */
    public void state(int above, Rate rate, double dollars) {
        stated.computeIfAbsent(above, tokens -> new EnumMap<>(Rate.class)).put(rate, dollars);
    }

    /** Whether a short prompt's {@code rate} is stated. */
    public boolean states(Rate rate) {
        return stated.getOrDefault(0, Map.of()).containsKey(rate);
    }

    /**
     * The price, null if not even the base rate of a fresh token is stated.
     *
     * @throws IllegalArgumentException when a rate or a length is none
     */
    public @Nullable Price price() {
        if (!states(Rate.INPUT)) {
            return null;
        }
        var known = new EnumMap<Rate, Double>(Rate.class);
        var rates = new TreeMap<Integer, Rates>();
        stated.forEach((above, here) -> {
            known.putAll(here);
            rates.put(above, rates(known));
        });
        var tiers = rates.tailMap(0, false).entrySet().stream()
                .map(tier -> new Tier(tier.getKey(), tier.getValue()))
                .toList();
        return new Price(rates.firstEntry().getValue(), tiers);
    }

    private static Rates rates(Map<Rate, Double> known) {
        double input = known.getOrDefault(Rate.INPUT, 0.0);
        return new Rates(
                input,
                known.getOrDefault(Rate.CACHED_INPUT, input),
                known.getOrDefault(Rate.CACHE_WRITE, input),
                known.getOrDefault(Rate.OUTPUT, input));
    }
}
