package io.perpetua.benchmarks.routing;

import io.perpetua.benchmarks.routing.SimulatedProviders.Conduct;
import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/*
 * A turn goes down the ladder until a rung answers. It is worth 1 if one does, less what all the waiting and the answer's
 * price take away, as LadderOrder weighs them. The regret of a turn is what the best order of the rungs could be
 * expected to be worth just then, less what the chosen order could: no luck is in it.
 */
/** How much worth a router leaves on the table. */
final class Regret {

    private static final int TURNS = 3_000;
    private static final LadderOrder WEIGHTS = LadderOrder.DEFAULT;

    private Regret() {}

    /** Mean regret a turn, in thousandths of an answer, over simulations from {@code seeds}. */
    static double of(Supplier<Router> router, SimulatedProviders providers, List<Long> seeds) {
        return seeds.stream()
                .mapToDouble(seed -> of(router.get(), providers, seed))
                .average()
                .orElse(0);
    }

    private static double of(Router router, SimulatedProviders providers, long seed) {
        var choices = new SplittableRandom(seed);
        var fate = new SplittableRandom(31 * seed + 7);
        var orders = orders(SimulatedProviders.RUNGS);
        double regret = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            var order = router.order(turn, choices);
            int now = turn;
            double best = orders.stream()
                    .mapToDouble(each -> expected(each, providers, now))
                    .max()
                    .orElse(0);
            regret += best - expected(order, providers, turn);
            walk(order, providers, turn, router, fate);
        }
        return 1_000 * regret / TURNS;
    }

    private static void walk(
            List<Integer> order, SimulatedProviders providers, int turn, Router router, SplittableRandom fate) {
        for (int rung : order) {
            Conduct conduct = providers.at(rung, turn);
            boolean success = fate.nextDouble() < conduct.success();
            double seconds = conduct.seconds() * fate.nextDouble(0.5, 1.5);
            router.saw(rung, new Outcome(success, seconds, success ? conduct.dollars() : 0));
            if (success) {
                return;
            }
        }
    }

    private static double expected(List<Integer> order, SimulatedProviders providers, int turn) {
        double reached = 1;
        double waited = 0;
        double worth = 0;
        for (int rung : order) {
            Conduct conduct = providers.at(rung, turn);
            waited += conduct.seconds();
            worth += reached * conduct.success() * worth(1, waited, conduct.dollars());
            reached *= 1 - conduct.success();
        }
        return worth + reached * worth(0, waited, 0);
    }

    private static double worth(double answered, double seconds, double dollars) {
        return answered
                - WEIGHTS.slow() * Math.min(1, seconds / WEIGHTS.patience())
                - WEIGHTS.dear() * Math.min(1, dollars / WEIGHTS.purse());
    }

    /** Every order of {@code rungs} rungs. */
    private static List<List<Integer>> orders(int rungs) {
        if (rungs == 0) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<Integer>>();
        for (var shorter : orders(rungs - 1)) {
            for (int place = 0; place <= shorter.size(); place++) {
                var order = new ArrayList<>(shorter);
                order.add(place, rungs - 1);
                orders.add(List.copyOf(order));
            }
        }
        return orders;
    }
}
