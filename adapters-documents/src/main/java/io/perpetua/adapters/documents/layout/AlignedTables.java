package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds tables without a grid: rows of cells that stand one below the other. */
final class AlignedTables {

    /* Several rows in a row that have gaps are put into columns: where cells of the rows with the usual number of cells
     * reach. Other rows must fit into those. A line that leaves the first column empty and follows more closely than rows
     * do goes on with the cells above it. Where every column is filled by long lines, it is text beside text; where the
     * first holds nothing but bullets or numbers, it is a list. */

    private static final int FEWEST_ROWS = 3;
    private static final double ROWS_APART = 3;
    private static final double COLUMN_GAP = 0.4;
    private static final double SHORT_WORDS = 5;
    private static final double FILLED = 0.6;

    /** What a list's item begins with. */
    static final Pattern MARKER = Pattern.compile(
            "[\\u2022\\u2023\\u25aa\\u25cf\\u25e6\\u2043\\u2013*\\-\\u00b7]|\\(?([a-zA-Z]|\\d{1,3}|[ivxIVX]{1,5})[.)]");

    private AlignedTables() {}

    /** {@code column} with its tables put together. */
    static List<Atom> join(List<Atom> column) {
        var joined = new ArrayList<Atom>();
        var segments = new ArrayList<Segment>();
        for (Atom each : column) {
            switch (each) {
                case Atom.Text(var segment) -> segments.add(segment);
                case Atom.Whole whole -> {
                    flush(segments, joined);
                    joined.add(whole);
                }
            }
        }
        flush(segments, joined);
        return joined;
    }

    private static void flush(List<Segment> segments, List<Atom> joined) {
        var rows = Rows.of(segments);
        int at = 0;
        while (at < rows.size()) {
            Effort.checkTime();
            int end = end(rows, at);
            var table = end - at < FEWEST_ROWS ? null : table(rows.subList(at, end));
            if (table == null) {
                rows.get(at).forEach(each -> joined.add(new Atom.Text(each)));
                at++;
            } else {
                joined.add(new Atom.Whole(table));
                at = end;
            }
        }
        segments.clear();
    }

    /** Where the rows end that may be a table from {@code start} on. */
    private static int end(List<List<Segment>> rows, int start) {
        int end = start;
        int last = start;
        while (end < rows.size()) {
            var row = rows.get(end);
            boolean near = end == start
                    || step(rows, end) < ROWS_APART * row.getFirst().size();
            if (!near || (row.size() < 2 && (end == start || !continues(rows, end, start)))) {
                break;
            }
            end++;
            last = end;
        }
        return last;
    }

    private static double step(List<List<Segment>> rows, int at) {
        return rows.get(at).getFirst().baseline() - rows.get(at - 1).getFirst().baseline();
    }

    /** Whether a row of one cell goes on with a cell above it that is not the first. */
    private static boolean continues(List<List<Segment>> rows, int at, int start) {
        var cell = rows.get(at).getFirst().bounds();
        var first = rows.get(start).getFirst().bounds();
        var above = rows.get(at - 1);
        return cell.left() > first.right()
                && above.stream().anyMatch(each -> Math.abs(each.bounds().left() - cell.left()) < each.size());
    }

    private static @Nullable Region table(List<List<Segment>> rows) {
        var columns = columns(rows);
        if (columns.size() < 2) {
            return null;
        }
        var cells = new ArrayList<List<List<Segment>>>();
        int full = 0;
        for (int i = 0; i < rows.size(); i++) {
            var row = spread(rows.get(i), columns);
            if (row == null) {
                return null;
            }
            if (rows.get(i).size() < 2) {
                if (cells.isEmpty()) {
                    return null;
                }
                addTo(cells.getLast(), row);
            } else {
                full++;
                cells.add(row);
            }
        }
        if (full < FEWEST_ROWS || !isTabular(cells, columns)) {
            return null;
        }
        var all = rows.stream().flatMap(List::stream).toList();
        return Tables.region(
                Rect.around(all, Segment::bounds),
                cells.stream()
                        .map(row ->
                                row.stream().map(cell -> Rows.text(cell, " ")).toList())
                        .toList());
    }

    private static void addTo(List<List<Segment>> above, List<List<Segment>> more) {
        for (int i = 0; i < above.size(); i++) {
            above.get(i).addAll(more.get(i));
        }
    }

    /** Where the cells of the rows with the usual number of them reach; empty where they are not one below the other. */
    private static List<Rect> columns(List<List<Segment>> rows) {
        int usual = usual(rows);
        List<Rect> columns = new ArrayList<>();
        for (List<Segment> row : rows) {
            if (row.size() == usual) {
                for (int i = 0; i < usual; i++) {
                    var bounds = row.get(i).bounds();
                    if (columns.size() <= i) {
                        columns.add(bounds);
                    } else {
                        columns.set(i, columns.get(i).with(bounds));
                    }
                }
            }
        }
        for (int i = 1; i < columns.size(); i++) {
            double size = rows.getFirst().getFirst().size();
            if (columns.get(i).left() - columns.get(i - 1).right() < COLUMN_GAP * size) {
                return List.of();
            }
        }
        return columns;
    }

    private static int usual(List<List<Segment>> rows) {
        int usual = 0;
        long most = 0;
        for (int cells = 2; cells <= 40; cells++) {
            int count = cells;
            long found = rows.stream().filter(row -> row.size() == count).count();
            if (found > 0 && found >= most) {
                usual = cells;
                most = found;
            }
        }
        return usual;
    }

    /** The cells of {@code row} in their columns; null where one is in none, or in several. */
    private static @Nullable List<List<Segment>> spread(List<Segment> row, List<Rect> columns) {
        var cells = new ArrayList<List<Segment>>();
        columns.forEach(_ -> cells.add(new ArrayList<>()));
        for (Segment each : row) {
            int found = -1;
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).sharedWidth(each.bounds()) > 0) {
                    if (found >= 0) {
                        return null;
                    }
                    found = i;
                }
            }
            if (found < 0) {
                return null;
            }
            cells.get(found).add(each);
        }
        return cells;
    }

    private static boolean isTabular(List<List<List<Segment>>> cells, List<Rect> columns) {
        boolean list = cells.stream()
                .allMatch(row -> !row.getFirst().isEmpty()
                        && MARKER.matcher(row.getFirst().getFirst().text()).matches());
        if (list && columns.size() == 2) {
            return false;
        }
        long filled = cells.stream()
                .flatMap(List::stream)
                .filter(cell -> !cell.isEmpty())
                .count();
        if (filled < FILLED * cells.size() * columns.size()) {
            return false;
        }
        for (int column = 0; column < columns.size(); column++) {
            int at = column;
            double words = cells.stream()
                    .flatMap(row -> row.get(at).stream())
                    .mapToInt(Segment::words)
                    .average()
                    .orElse(0);
            if (words < SHORT_WORDS) {
                return true;
            }
        }
        return false;
    }
}
