package io.perpetua.domain.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/*
 * A rung is worth what a turn through it is expected to be worth: the share of answers, less what waiting and dollars
 * take away,
 *
 *   measured = success - slow · min(1, seconds / patience) - dear · min(1, dollars / purse)
 *
 * drawn towards what the ladder says of a rung that nobody has asked yet, the more so the less is known:
 *
 *   worth = (n · measured + trust · presumed) / (n + trust),   presumed = PRESUMED - STEP · place in the ladder
 *
 * n is what its samples still count for. They fade by half every `fading` outcomes of the intent, so a rung that did
 * badly is tried again in time. Beside that, every rung but the best is put first with the same small chance, so that
 * none is ever forgotten.
 */
/**
 * Orders the rungs of a ladder by what has been learnt of them. Immutable; safe for concurrent use; O(n log n).
 *
 * @param forgetting how much the newest sample counts, in (0, 1]
 * @param exploration share of the turns that try another rung than the best first, in [0, 1)
 * @param trust how many samples the ladder's own order is worth, above 0
 * @param fading outcomes of the intent after which what is known of a rung counts half, at least 1
 * @param patience seconds of waiting that are as bad as they get
 * @param slow what so much waiting takes away from an answer's worth, in [0, 1]
 * @param purse dollars a turn that are as bad as they get
 * @param dear what so many dollars take away, in [0, 1]
 */
public record LadderOrder(
        double forgetting,
        double exploration,
        double trust,
        double fading,
        double patience,
        double slow,
        double purse,
        double dear) {

    public static final LadderOrder DEFAULT = new LadderOrder(0.1, 0.01, 0.5, 100, 10, 0.5, 0.02, 0.3);

    private static final double PRESUMED = 0.9;
    private static final double STEP = 0.02;

    public LadderOrder {
        if (!(forgetting > 0 && forgetting <= 1) || !(exploration >= 0 && exploration < 1)) {
            throw new IllegalArgumentException("forgetting " + forgetting + ", exploration " + exploration);
        }
        if (!(trust > 0 && fading >= 1 && patience > 0 && purse > 0 && slow >= 0 && dear >= 0)) {
            throw new IllegalArgumentException("a weight of a ladder's order is out of its range");
        }
    }

    /** The same with another share of exploration. */
    public LadderOrder exploring(double share) {
        return new LadderOrder(forgetting, share, trust, fading, patience, slow, purse, dear);
    }

    /**
     * The rungs in the order in which to ask them.
     *
     * @param ladder as configured, the preferred one first
     * @param standings what is known of them for the intent
     */
    public List<Rung> order(List<Rung> ladder, Standings standings, RandomGenerator random) {
        var worth = worth(ladder, standings);
        var order = new ArrayList<>(ladder);
        order.sort(Comparator.comparingDouble((Rung rung) -> worth.getOrDefault(rung, 0.0))
                .reversed());
        if (order.size() > 1 && random.nextDouble() < exploration) {
            order.addFirst(order.remove(1 + random.nextInt(order.size() - 1)));
        }
        return List.copyOf(order);
    }

    /** What each rung of {@code ladder} is worth, at most 1. */
    public Map<Rung, Double> worth(List<Rung> ladder, Standings standings) {
        var worth = new HashMap<Rung, Double>();
        for (int place = 0; place < ladder.size(); place++) {
            var standing = standings.of(ladder.get(place));
            double counts = standing.samples() * Math.pow(0.5, (standings.outcomes() - standing.seen()) / fading);
            double presumed = PRESUMED - STEP * place;
            worth.put(ladder.get(place), (counts * measured(standing) + trust * presumed) / (counts + trust));
        }
        return worth;
    }

    private double measured(Standing standing) {
        return standing.success()
                - slow * Math.min(1, standing.seconds() / patience)
                - dear * Math.min(1, standing.dollars() / purse);
    }
}
