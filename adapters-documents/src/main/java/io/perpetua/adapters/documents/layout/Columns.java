package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the columns of a page, in the order in which they are read. */
final class Columns {

    /* A gutter is a strip that hardly anything crosses, with lines on both sides that fill most of their width: cells of a
     * table do not. What crosses it, such as a title, parts the page into bands; of each band the left column is read
     * before the right one, and either may have a gutter of its own. */

    private static final double LEAST_GUTTER = 8;
    private static final double STEP = 2;
    private static final double EDGE = 0.15;
    private static final double FEWEST_LINES = 3;
    private static final double FILLED = 0.55;
    private static final int FEWEST_WORDS = 4;
    private static final double BESIDE = 0.5;
    private static final int DEEPEST = 6;

    /** Lines that may end within a gutter that they cross. */
    private static final double HEADINGS = 2;

    private Columns() {}

    /** {@code atoms} column by column; each column from top to bottom. */
    static List<List<Atom>> of(List<Atom> atoms) {
        var columns = new ArrayList<List<Atom>>();
        split(atoms, 0, columns);
        return columns;
    }

    private static void split(List<Atom> atoms, int depth, List<List<Atom>> columns) {
        if (atoms.isEmpty()) {
            return;
        }
        var gutter = depth >= DEEPEST ? null : gutter(atoms);
        if (gutter == null) {
            var sorted = new ArrayList<>(atoms);
            sorted.sort(Comparator.comparingDouble(each -> each.bounds().top()));
            columns.add(sorted);
            return;
        }
        var crossing =
                new ArrayList<>(atoms.stream().filter(gutter::isCrossedBy).toList());
        crossing.sort(Comparator.comparingDouble(each -> each.bounds().middle()));
        var rest = atoms.stream().filter(each -> !gutter.isCrossedBy(each)).toList();
        double from = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= crossing.size(); i++) {
            Effort.checkTime();
            double start = from;
            double end = i == crossing.size()
                    ? Double.POSITIVE_INFINITY
                    : crossing.get(i).bounds().middle();
            var band = rest.stream()
                    .filter(each ->
                            each.bounds().middle() >= start && each.bounds().middle() < end)
                    .toList();
            split(band.stream().filter(gutter::isRightOf).toList(), depth + 1, columns);
            split(band.stream().filter(each -> !gutter.isRightOf(each)).toList(), depth + 1, columns);
            if (i < crossing.size()) {
                extend(columns, crossing.get(i), band.isEmpty() && i > 0);
            }
            from = end;
        }
    }

    /** What crosses a gutter follows the last one that did, where nothing stands between them. */
    private static void extend(List<List<Atom>> columns, Atom atom, boolean follows) {
        if (follows) {
            columns.getLast().add(atom);
        } else {
            columns.add(new ArrayList<>(List.of(atom)));
        }
    }

    private record Gutter(double left, double right) {

        private double middle() {
            return (left + right) / 2;
        }

        boolean isCrossedBy(Atom atom) {
            return atom.bounds().left() < middle() && middle() < atom.bounds().right();
        }

        boolean isRightOf(Atom atom) {
            return atom.bounds().right() <= middle();
        }
    }

    private static @Nullable Gutter gutter(List<Atom> atoms) {
        var around = Rect.around(atoms, Atom::bounds);
        int steps = (int) Math.min(4_000, around.width() / STEP);
        double[] crossed = new double[steps];
        for (Atom each : atoms) {
            int to = (int) Math.ceil((each.bounds().right() - around.left()) / STEP);
            for (int i = Math.max(0, (int) ((each.bounds().left() - around.left()) / STEP));
                    i < Math.min(steps, to);
                    i++) {
                crossed[i] += each.lines();
            }
        }
        double least = Double.POSITIVE_INFINITY;
        int first = (int) (EDGE * steps);
        for (int i = first; i < steps - first; i++) {
            least = Math.min(least, crossed[i]);
        }
        var candidates = new ArrayList<Gutter>();
        int start = -1;
        for (int i = first; i <= steps - first; i++) {
            boolean free = i < steps - first && i < steps && crossed[i] <= least + HEADINGS;
            if (free && start < 0) {
                start = i;
            } else if (!free && start >= 0) {
                if ((i - start) * STEP >= LEAST_GUTTER - STEP) {
                    candidates.add(new Gutter(around.left() + start * STEP, around.left() + i * STEP));
                }
                start = -1;
            }
        }
        return candidates.stream()
                .filter(each -> parts(each, atoms))
                .max(Comparator.comparingDouble(each -> each.right() - each.left()))
                .orElse(null);
    }

    private static boolean parts(Gutter gutter, List<Atom> atoms) {
        var left = atoms.stream().filter(gutter::isRightOf).toList();
        var right = atoms.stream()
                .filter(each -> !gutter.isCrossedBy(each) && !gutter.isRightOf(each))
                .toList();
        if (lines(left) < FEWEST_LINES || lines(right) < FEWEST_LINES) {
            return false;
        }
        var one = Rect.around(left, Atom::bounds);
        var two = Rect.around(right, Atom::bounds);
        double beside = Math.min(one.bottom(), two.bottom()) - Math.max(one.top(), two.top());
        return beside >= BESIDE * Math.min(one.height(), two.height()) && isFilled(left, one) && isFilled(right, two);
    }

    private static double lines(List<Atom> atoms) {
        return atoms.stream().mapToDouble(Atom::lines).sum();
    }

    /** Whether most of its lines are nearly as wide as it is, and no mere cells. */
    private static boolean isFilled(List<Atom> atoms, Rect around) {
        var segments = atoms.stream()
                .filter(Atom.Text.class::isInstance)
                .map(each -> ((Atom.Text) each).segment())
                .toList();
        if (segments.size() < FEWEST_LINES) {
            return atoms.size() > segments.size();
        }
        var rows = Rows.of(segments);
        var words = rows.stream()
                .mapToInt(row -> row.stream().mapToInt(Segment::words).sum())
                .sorted()
                .toArray();
        var widths = rows.stream()
                .mapToDouble(row ->
                        row.stream().mapToDouble(each -> each.bounds().width()).sum())
                .sorted()
                .toArray();
        return widths[widths.length / 2] >= FILLED * around.width() && words[words.length / 2] >= FEWEST_WORDS;
    }
}
