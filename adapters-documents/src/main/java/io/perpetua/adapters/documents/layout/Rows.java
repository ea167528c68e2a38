package io.perpetua.adapters.documents.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Segments that stand on one baseline. */
final class Rows {

    private static final double BASELINE = 0.35;

    private Rows() {}

    /** {@code segments} row by row, from top to bottom, each from left to right. */
    static List<List<Segment>> of(List<Segment> segments) {
        var sorted = new ArrayList<>(segments);
        sorted.sort(Comparator.comparingDouble(Segment::baseline));
        var rows = new ArrayList<List<Segment>>();
        double base = Double.NEGATIVE_INFINITY;
        for (Segment each : sorted) {
            if (each.baseline() - base > BASELINE * each.size()) {
                rows.add(new ArrayList<>());
                base = each.baseline();
            }
            rows.getLast().add(each);
        }
        rows.forEach(
                row -> row.sort(Comparator.comparingDouble(each -> each.bounds().left())));
        return rows;
    }

    /** What they say, a line for each row, with {@code between} between the segments of one. */
    static String text(List<Segment> segments, String between) {
        var lines = new ArrayList<String>();
        for (List<Segment> row : of(segments)) {
            lines.add(String.join(between, row.stream().map(Segment::text).toList()));
        }
        return String.join("\n", lines);
    }
}
