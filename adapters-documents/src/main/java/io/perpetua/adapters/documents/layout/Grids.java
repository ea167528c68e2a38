package io.perpetua.adapters.documents.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds tables whose cells are ruled off from each other. */
final class Grids {

    /* Rules that touch belong together. Where they make at least two rows of two columns, and there is text in at least
     * half of the cells, they are a table; boxes of a diagram that touch are none, because most of such a grid is empty.
     * Cells that no rule divides are one. Characters go into cells by their middles, before anything else is made of
     * them, since two cells may stand closer than two words. */

    private static final double TOUCH = 2.5;
    private static final double FILLED = 0.5;
    private static final int MOST_RULES = 2_000;
    private static final int MOST_LINES = 200;
    private static final int LINES_IN_A_CELL = 3;

    private Grids() {}

    /** Takes what is ruled into tables out of {@code rules}, {@code drawings} and {@code glyphs}, and returns the tables. */
    static List<Region> take(List<Rule> rules, List<Rect> drawings, List<Glyph> glyphs) {
        var tables = new ArrayList<Region>();
        if (rules.size() > MOST_RULES) {
            return tables;
        }
        for (List<Rule> group : touching(rules)) {
            var grid = Grid.of(group);
            if (grid != null && grid.rows() >= 2 && grid.columns() >= 2) {
                var inside = glyphs.stream()
                        .filter(each -> grid.bounds().hasMiddleOf(each.bounds()))
                        .toList();
                var rows = grid.fill(inside);
                if (rows != null) {
                    tables.add(Tables.region(grid.bounds(), rows));
                    rules.removeAll(Set.copyOf(group));
                    drawings.removeIf(grid.bounds().grown(TOUCH, TOUCH)::hasMiddleOf);
                    glyphs.removeAll(Set.copyOf(inside));
                }
            }
        }
        return tables;
    }

    private static List<List<Rule>> touching(List<Rule> rules) {
        var groups = new ArrayList<List<Rule>>();
        var left = new ArrayList<>(rules);
        while (!left.isEmpty()) {
            var group = new ArrayList<>(List.of(left.removeLast()));
            for (int i = 0; i < group.size(); i++) {
                var reach = group.get(i).bounds().grown(TOUCH, TOUCH);
                for (int j = left.size() - 1; j >= 0; j--) {
                    if (left.get(j).bounds().meets(reach)) {
                        group.add(left.remove(j));
                    }
                }
            }
            groups.add(group);
        }
        groups.sort(Comparator.comparingDouble(
                group -> Rect.around(group, Rule::bounds).top()));
        return groups;
    }

    /** Lines across and down. */
    private static final class Grid {

        private final double[] ys;
        private final double[] xs;
        private final List<Rule> rules;

        private Grid(double[] ys, double[] xs, List<Rule> rules) {
            this.ys = ys;
            this.xs = xs;
            this.rules = rules;
        }

        static @Nullable Grid of(List<Rule> rules) {
            double[] ys = places(rules, true);
            double[] xs = places(rules, false);
            if (ys.length < 3 || xs.length < 3 || ys.length > MOST_LINES || xs.length > MOST_LINES) {
                return null;
            }
            return new Grid(ys, xs, rules);
        }

        private static double[] places(List<Rule> rules, boolean horizontal) {
            var places = new TreeSet<Double>();
            rules.stream().filter(each -> each.horizontal() == horizontal).forEach(each -> {
                var near = places.floor(each.at() + TOUCH);
                if (near == null || near < each.at() - TOUCH) {
                    places.add(each.at());
                }
            });
            return places.stream().mapToDouble(Double::doubleValue).toArray();
        }

        Rect bounds() {
            return new Rect(xs[0], ys[0], xs[xs.length - 1], ys[ys.length - 1]);
        }

        int rows() {
            return ys.length - 1;
        }

        int columns() {
            return xs.length - 1;
        }

        private boolean isDivided(double x, double y) {
            return rules.stream()
                    .anyMatch(each -> !each.horizontal() && Math.abs(each.at() - x) <= TOUCH && each.spans(y));
        }

        private static int place(double[] lines, double at) {
            int place = 0;
            while (place < lines.length - 2 && at >= lines[place + 1]) {
                place++;
            }
            return place;
        }

        /** The texts of the cells, row by row; null where too few have one. */
        @Nullable
        List<List<String>> fill(List<Glyph> glyphs) {
            var cells = new ArrayList<List<List<Glyph>>>();
            int[][] where = where();
            for (int[] row : where) {
                cells.add(empty(row[columns() - 1] + 1));
            }
            for (Glyph each : glyphs) {
                int row = place(ys, each.bounds().middle());
                int column = where[row][place(xs, each.bounds().center())];
                cells.get(row).get(column).add(each);
            }
            long filled = cells.stream()
                    .flatMap(List::stream)
                    .filter(cell -> cell.stream().anyMatch(each -> !each.isSpace()))
                    .count();
            long all = cells.stream().mapToLong(List::size).sum();
            if (filled < FILLED * all) {
                return null;
            }
            var texts = new ArrayList<List<String>>();
            cells.forEach(row -> texts.addAll(rows(row)));
            return texts;
        }

        /** Which cell each place of a row belongs to: those that no rule divides are one. */
        private int[][] where() {
            int[][] where = new int[rows()][columns()];
            for (int row = 0; row < rows(); row++) {
                double middle = (ys[row] + ys[row + 1]) / 2;
                for (int column = 1; column < columns(); column++) {
                    where[row][column] = where[row][column - 1] + (isDivided(xs[column], middle) ? 1 : 0);
                }
            }
            return where;
        }

        private static List<List<Glyph>> empty(int count) {
            return Stream.<List<Glyph>>generate(ArrayList::new).limit(count).toList();
        }

        /** The rows that stand between two rules: several, where no rule divides lines that all columns share. */
        private static List<List<String>> rows(List<List<Glyph>> cells) {
            var lines = cells.stream().map(cell -> Rows.of(Segments.of(cell))).toList();
            int most = lines.stream().mapToInt(List::size).max().orElse(0);
            boolean several = most >= LINES_IN_A_CELL
                    && lines.size() > 1
                    && lines.stream().allMatch(cell -> cell.size() == most && isLevel(cell, lines.getFirst()));
            var rows = new ArrayList<List<String>>();
            for (int row = 0; row < (several ? most : 1); row++) {
                var texts = new ArrayList<String>();
                for (List<List<Segment>> cell : lines) {
                    var all = several
                            ? cell.get(row)
                            : cell.stream().flatMap(List::stream).toList();
                    texts.add(Rows.text(all, " "));
                }
                rows.add(texts);
            }
            return rows;
        }

        private static boolean isLevel(List<List<Segment>> cell, List<List<Segment>> first) {
            for (int i = 0; i < cell.size(); i++) {
                var one = cell.get(i).getFirst();
                if (Math.abs(one.baseline() - first.get(i).getFirst().baseline()) > 0.2 * one.size()) {
                    return false;
                }
            }
            return true;
        }
    }
}
