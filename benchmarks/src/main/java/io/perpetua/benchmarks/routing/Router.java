package io.perpetua.benchmarks.routing;

import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Decides in which order to ask the rungs of a ladder, and sees what comes of it. Not safe for concurrent use. */
interface Router {

    List<Integer> order(int turn, RandomGenerator random);

    default void saw(int rung, Outcome outcome) {}

    /** The configured order, whatever happens. */
    static Router fixed() {
        return (turn, random) -> ladder();
    }

    /** Each rung first in turn. */
    static Router roundRobin() {
        return (turn, random) -> {
            var order = ladder();
            Collections.rotate(order, -turn);
            return order;
        };
    }

    /** The rung first that was the fastest lately. */
    static Router lowestLatency() {
        double[] seconds = new double[SimulatedProviders.RUNGS];
        return new Router() {
            @Override
            public List<Integer> order(int turn, RandomGenerator random) {
                return descending(rung -> -seconds[rung]);
            }

            @Override
            public void saw(int rung, Outcome outcome) {
                seconds[rung] = seconds[rung] == 0 ? outcome.seconds() : .9 * seconds[rung] + .1 * outcome.seconds();
            }
        };
    }

    /**
     * A rule of thumb: health × (100 × success - seconds, at most 10 - 100 × dollars) over the last 100 calls, health
     * going up by .05 with a success and down by .10 with a failure; the first changes when it is below .3 or another
     * is better by a fifth. What was never tried scores nothing.
     */
    static Router ruleOfThumb() {
        double[] health = new double[SimulatedProviders.RUNGS];
        Arrays.fill(health, 1);
        var seen = IntStream.range(0, SimulatedProviders.RUNGS)
                .<Deque<Outcome>>mapToObj(rung -> new ArrayDeque<>())
                .toList();
        return new Router() {
            private int first;

            private double score(int rung) {
                var calls = seen.get(rung);
                if (calls.isEmpty()) {
                    return 0;
                }
                double success = mean(calls, call -> call.success() ? 1 : 0);
                double seconds = mean(calls, Outcome::seconds);
                double dollars = mean(calls, Outcome::dollars);
                return health[rung] * Math.max(0, 100 * success - Math.min(seconds, 10) - 100 * dollars);
            }

            private double mean(Deque<Outcome> calls, ToDoubleFunction<Outcome> of) {
                return calls.stream().mapToDouble(of).average().orElse(0);
            }

            @Override
            public List<Integer> order(int turn, RandomGenerator random) {
                for (int rung : ladder()) {
                    boolean ailing = health[first] < .3 && score(rung) > score(first);
                    if (ailing || score(rung) > 1.2 * score(first)) {
                        first = rung;
                    }
                }
                var order = new ArrayList<>(descending(this::score));
                order.removeIf(rung -> rung == first);
                order.addFirst(first);
                return order;
            }

            @Override
            public void saw(int rung, Outcome outcome) {
                health[rung] = Math.clamp(health[rung] + (outcome.success() ? .05 : -.10), 0, 1);
                seen.get(rung).add(outcome);
                if (seen.get(rung).size() > 100) {
                    seen.get(rung).remove();
                }
            }
        };
    }

    /** What the server does. */
    static Router learned(LadderOrder policy) {
        var rungs = ladder().stream()
                .map(rung -> new Rung("provider", "rung-" + rung))
                .toList();
        return new Router() {
            private Standings standings = Standings.NONE;

            @Override
            public List<Integer> order(int turn, RandomGenerator random) {
                return policy.order(rungs, standings, random).stream()
                        .map(rungs::indexOf)
                        .toList();
            }

            @Override
            public void saw(int rung, Outcome outcome) {
                standings = standings.with(rungs.get(rung), outcome, policy.forgetting());
            }
        };
    }

    private static List<Integer> ladder() {
        return new ArrayList<>(
                IntStream.range(0, SimulatedProviders.RUNGS).boxed().toList());
    }

    private static List<Integer> descending(IntToDoubleFunction score) {
        var order = ladder();
        order.sort(Comparator.comparingDouble((Integer rung) -> score.applyAsDouble(rung))
                .reversed());
        return order;
    }
}
