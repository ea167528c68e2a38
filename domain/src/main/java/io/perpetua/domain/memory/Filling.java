package io.perpetua.domain.memory;

import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Dropped.Reason;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.memory.Selection.Cost;
import io.perpetua.domain.memory.Selection.Limits;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/*
 * The best matches are taken in turn, clipped to the ranking's limits; each brings the turns within its window, nearest
 * first, later ones first where two are as near. Windows that overlap merge, since a turn is taken once. A match that
 * does not fit is passed over and reported, so that a smaller one further down gets its chance; a neighbour that does
 * not fit is merely not brought. The floor thins the matches and never empties them: the best one needs no score, and is
 * clipped further if it must be. What is left over in the end shows the best matches whole. Where breadth is wanted, the
 * matches that a session has beyond its share are taken up again when every session has had its turn.
 */
/** Fills a budget from a ranking, once. Not safe for concurrent use. */
final class Filling {

    /** A turn that stands out this much less than the conversation's average one is not worth its tokens. */
    private static final double FLOOR = -1;
    /** Fewer tokens than this hold nothing worth reading. */
    private static final int SMALLEST = 8;
    /** So many candidates are worth a reason why they were left out. */
    private static final int REPORTED = 50;

    private final Ranking ranking;
    private final TurnTable turns;
    private final Limits limits;
    private final Cost cost;
    private final Map<Integer, Integer> shown = new TreeMap<>();
    private final List<Integer> matches = new ArrayList<>();
    private final Map<Reason, List<Integer>> dropped = new EnumMap<>(Reason.class);
    private final int windowed;
    private final double floor;
    private int left;
    private int reported;

    Filling(Ranking ranking, Limits limits, Cost cost) {
        this.ranking = ranking;
        this.turns = ranking.signals().table();
        this.limits = limits;
        this.cost = cost;
        this.windowed =
                limits.windowed() == Limits.AS_PROFILED ? ranking.profile().windowed() : limits.windowed();
        this.floor =
                limits.outstandingOnly() ? ranking.profile().outstanding() * Scale.deviation(ranking.score()) : FLOOR;
        this.left = limits.tokens();
    }

    Selection run() {
        int[] heard = new int[turns.size() == 0 ? 0 : turns.sessions()[turns.size() - 1] + 1];
        var passedOver = new ArrayList<Integer>();
        for (int row : ranking.order()) {
            if (left < SMALLEST && reported >= REPORTED) {
                break;
            }
            if (eligible(row)) {
                if (++heard[turns.sessions()[row]] > limits.perSession()) {
                    passedOver.add(row);
                } else {
                    consider(row);
                }
            }
        }
        passedOver.forEach(this::consider);
        matches.forEach(this::unfold);
        return result();
    }

    private boolean eligible(int row) {
        int number = turns.numbers()[row];
        return number < limits.before() && !limits.except().contains(number);
    }

    /** What is shown of a turn at first. */
    private int shortly(int row) {
        return Math.min(ranking.limits()[row], limits.clip().of(turns.roles().get(row)));
    }

    private void consider(int row) {
        if (matches.size() >= limits.matches()) {
            drop(row, Reason.OVER_COUNT);
        } else if (ranking.score()[row] <= floor && !matches.isEmpty()) {
            drop(row, Reason.BELOW_FLOOR);
        } else if (shown.containsKey(row) || show(row) || (matches.isEmpty() && showWhatFits(row))) {
            matches.add(row);
            if (matches.size() <= windowed) {
                bringNeighbours(row);
            }
        } else {
            drop(row, Reason.OVER_BUDGET);
        }
    }

    private boolean show(int row) {
        int price = label(row) + shortly(row);
        if (price > left) {
            return false;
        }
        shown.put(row, shortly(row));
        left -= price;
        return true;
    }

    private boolean showWhatFits(int row) {
        int text = left - label(row);
        if (text < SMALLEST) {
            return false;
        }
        shown.put(row, text);
        left = 0;
        return true;
    }

    /** What showing a turn costs beside its text. */
    private int label(int row) {
        return cost.of(row) - turns.tokens()[row];
    }

    private void bringNeighbours(int row) {
        for (int distance = 1; distance <= limits.window(); distance++) {
            bring(row, row + distance);
            bring(row, row - distance);
        }
    }

    private void bring(int row, int other) {
        if (other >= 0
                && other < turns.size()
                && !shown.containsKey(other)
                && turns.sessions()[other] == turns.sessions()[row]
                && turns.numbers()[other] - turns.numbers()[row] == other - row
                && eligible(other)) {
            show(other);
        }
    }

    private void unfold(int row) {
        int more = turns.tokens()[row] - shown.getOrDefault(row, 0);
        if (more > 0 && more <= left) {
            shown.put(row, turns.tokens()[row]);
            left -= more;
        }
    }

    private void drop(int row, Reason reason) {
        if (reported++ < REPORTED) {
            dropped.computeIfAbsent(reason, r -> new ArrayList<>()).add(turns.numbers()[row]);
        }
    }

    private Selection result() {
        var clipped = new HashMap<>(shown);
        clipped.entrySet().removeIf(entry -> entry.getValue() >= turns.tokens()[entry.getKey()]);
        var reasons = new ArrayList<Dropped>();
        dropped.forEach((reason, numbers) -> {
            numbers.removeIf(number -> isShown(number));
            if (!numbers.isEmpty()) {
                reasons.add(
                        new Dropped(Part.RETRIEVED, numbers.stream().sorted().toList(), reason));
            }
        });
        return new Selection(matches, List.copyOf(shown.keySet()), clipped, reasons);
    }

    private boolean isShown(int number) {
        return shown.keySet().stream().anyMatch(row -> turns.numbers()[row] == number);
    }
}
