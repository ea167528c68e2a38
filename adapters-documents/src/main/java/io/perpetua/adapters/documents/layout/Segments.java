package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts characters together to segments. */
final class Segments {

    /* Characters are sorted onto baselines and from left to right, whatever the order they were drawn in. Where the gap to
     * the next is wider than the font is high, a segment ends: no word gap is that wide, and gutters and the gaps between
     * cells are. Raised and lowered characters, being smaller, come onto baselines of their own and are given back to what
     * they stand beside. */

    private static final double BASELINE = 0.2;
    private static final double GAP = 1.0;
    private static final int SPACES = 3;
    private static final double SAME = 0.08;
    private static final double RAISED_SIZE = 0.85;
    private static final double RAISED_BY = 0.65;
    private static final double RAISED_GAP = 0.35;

    /** How many segments before and after one are looked at for what it is raised beside. */
    private static final int NEIGHBOURS = 40;

    private Segments() {}

    /** The segments of {@code glyphs}, from top to bottom and from left to right. */
    static List<Segment> of(List<Glyph> glyphs) {
        var segments = new ArrayList<Segment>();
        for (List<Glyph> row : baselines(glyphs)) {
            cut(row, segments);
        }
        return withRaised(segments);
    }

    private static List<List<Glyph>> baselines(List<Glyph> glyphs) {
        var sorted = new ArrayList<>(glyphs);
        sorted.sort(Comparator.comparingDouble(Glyph::baseline));
        var rows = new ArrayList<List<Glyph>>();
        double base = Double.NEGATIVE_INFINITY;
        for (Glyph each : sorted) {
            if (rows.isEmpty() || each.baseline() - base > BASELINE * each.size()) {
                rows.add(new ArrayList<>());
                base = each.baseline();
            }
            rows.getLast().add(each);
        }
        rows.forEach(row -> row.sort(Comparator.comparingDouble(Glyph::x)));
        return rows;
    }

    private static void cut(List<Glyph> row, List<Segment> segments) {
        var current = new ArrayList<Glyph>();
        var printed = new HashSet<String>();
        int spaces = 0;
        double end = 0;
        for (Glyph each : row) {
            if (!each.isSpace() && isPrintedTwice(each, printed)) {
                continue;
            }
            boolean wide = !current.isEmpty()
                    && (each.x() - end > GAP * each.size() || (spaces >= SPACES && !each.isSpace() && !each.mono()));
            if (wide) {
                add(current, segments);
            }
            current.add(each);
            spaces = each.isSpace() ? spaces + 1 : 0;
            end = current.size() == 1 ? each.right() : Math.max(end, each.right());
        }
        add(current, segments);
    }

    /** Bold letters are sometimes made by printing them twice, a little apart. */
    private static boolean isPrintedTwice(Glyph each, Set<String> printed) {
        double step = SAME * Math.max(each.size(), 1);
        long x = Math.round(each.x() / step);
        long face = each.face();
        boolean twice =
                printed.contains(each.text() + x + "/" + face) || printed.contains(each.text() + (x - 1) + "/" + face);
        printed.add(each.text() + x + "/" + face);
        return twice;
    }

    private static void add(List<Glyph> glyphs, List<Segment> segments) {
        if (glyphs.stream().anyMatch(each -> !each.isSpace())) {
            segments.add(new Segment(glyphs));
        }
        glyphs.clear();
    }

    private static List<Segment> withRaised(List<Segment> segments) {
        var whole = new ArrayList<>(segments);
        for (int i = 0; i < whole.size(); i++) {
            Effort.checkTime();
            int from = Math.max(0, i - NEIGHBOURS);
            int to = Math.min(whole.size(), i + NEIGHBOURS);
            for (int j = from; j < to; j++) {
                if (isRaised(whole.get(i), whole.get(j))) {
                    var glyphs = new ArrayList<>(whole.get(j).glyphs());
                    glyphs.addAll(whole.get(i).glyphs());
                    glyphs.sort(Comparator.comparingDouble(Glyph::x));
                    whole.set(j, new Segment(glyphs));
                    whole.remove(i--);
                    break;
                }
            }
        }
        return whole;
    }

    private static boolean isRaised(Segment small, Segment large) {
        double gap = RAISED_GAP * large.size();
        return small != large
                && small.size() < RAISED_SIZE * large.size()
                && Math.abs(small.baseline() - large.baseline()) < RAISED_BY * large.size()
                && small.bounds().left() < large.bounds().right() + gap
                && small.bounds().right() > large.bounds().left() - gap;
    }
}
