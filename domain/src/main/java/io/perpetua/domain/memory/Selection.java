package io.perpetua.domain.memory;

import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.Dropped;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/*
 * The best matches are taken in turn; each brings the turns within its window, nearest first, later ones first where
 * two are as near. Windows that overlap merge, since a turn is taken once. A match that does not fit is left out and
 * reported, a neighbour that does not fit is merely not brought.
 */
/**
 * The turns of a ranking that are worth sending.
 *
 * @param matches rows that were chosen for themselves, the best first
 * @param rows all chosen rows, ascending
 * @param dropped matches that were left out
 */
public record Selection(List<Integer> matches, List<Integer> rows, List<Dropped> dropped) {

    public Selection {
        matches = List.copyOf(matches);
        rows = List.copyOf(rows);
        dropped = List.copyOf(dropped);
    }

    /**
     * How much to take.
     *
     * @param before only turns numbered below this
     * @param matches most matches
     * @param window how many turns on either side a match brings along, within its session
     * @param tokens most tokens
     */
    public record Limits(int before, int matches, int window, int tokens) {}

    /** What one row would cost as it will be shown. */
    @FunctionalInterface
    public interface Cost {

        int of(int row);
    }

    public static Selection of(Ranking ranking, Limits limits, Cost cost) {
        var table = ranking.signals().table();
        var taken = new TreeMap<Integer, Integer>();
        var matches = new ArrayList<Integer>();
        var tooLong = new ArrayList<Integer>();
        int left = limits.tokens();
        for (int row : ranking.order()) {
            if (matches.size() == limits.matches()) {
                break;
            }
            if (table.numbers()[row] >= limits.before()) {
                continue;
            }
            int price = taken.containsKey(row) ? 0 : cost.of(row);
            if (price > left) {
                tooLong.add(table.numbers()[row]);
                if (tooLong.size() >= limits.matches()) {
                    break;
                }
                continue;
            }
            matches.add(row);
            taken.put(row, price);
            left -= price;
            left -= bringNeighbours(table, row, limits, cost, taken, left);
        }
        var dropped = tooLong.isEmpty()
                ? List.<Dropped>of()
                : List.of(new Dropped(Part.RETRIEVED, tooLong.stream().sorted().toList(), Dropped.Reason.OVER_BUDGET));
        return new Selection(matches, List.copyOf(taken.keySet()), dropped);
    }

    private static int bringNeighbours(
            TurnTable table, int row, Limits limits, Cost cost, NavigableMap<Integer, Integer> taken, int left) {
        int spent = 0;
        for (int distance = 1; distance <= limits.window(); distance++) {
            for (int other : new int[] {row + distance, row - distance}) {
                if (other < 0 || other >= table.size() || taken.containsKey(other)) {
                    continue;
                }
                boolean near = table.sessions()[other] == table.sessions()[row]
                        && Math.abs(table.numbers()[other] - table.numbers()[row]) == distance
                        && table.numbers()[other] < limits.before();
                int price = near ? cost.of(other) : 0;
                if (near && spent + price <= left) {
                    taken.put(other, price);
                    spent += price;
                }
            }
        }
        return spent;
    }
}
