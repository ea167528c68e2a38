package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds pictures and drawings, and the words in them. */
final class Figures {

    /* Everything that is drawn is put onto a coarse raster, and what is connected there is one figure: so the work does
     * not grow with the number of lines in a map. A single rectangle is the ground or the frame of a text, no drawing. */

    private static final double CELL = 4;
    private static final int CELLS = 400;

    /** How far apart parts of a figure may stand, in cells. */
    private static final int APART = 2;

    private static final double LEAST = 24;
    private static final int FEWEST = 3;
    private static final double WHOLE_PAGE = 0.8;
    private static final double STRIPE = 8;
    private static final int MOST_STRIPES = 1_000;
    private static final double FLAT = 4;

    /** Words just outside of a drawing are its labels where they are set smaller than the page's text. */
    private static final double LABELS = 14;

    private static final double SMALLER = 0.93;

    private Figures() {}

    /** Takes the labels of figures out of {@code segments} and returns the figures. */
    static List<Region> take(PageContent page, List<Rect> drawings, List<Rule> rules, List<Segment> segments) {
        var marks = new ArrayList<>(drawings);
        if (marks.size() <= MOST_STRIPES) {
            marks.removeIf(each -> isStripe(each, segments));
        }
        rules.stream().filter(each -> !each.framed()).forEach(each -> marks.add(each.bounds()));
        var whole = new Rect(0, 0, page.width(), page.height());
        var pictures = page.pictures().stream()
                .filter(each -> segments.isEmpty() || !isGround(each, whole))
                .toList();
        marks.removeIf(each -> isGround(each, whole));
        var figures = new ArrayList<Region>();
        double usual = segments.stream()
                .mapToDouble(Segment::size)
                .sorted()
                .skip(segments.size() / 2)
                .findFirst()
                .orElse(0);
        for (Rect bounds : clusters(marks, pictures, whole)) {
            Effort.checkTime();
            var inside = segments.stream()
                    .filter(each -> bounds.grown(2, 2).hasMiddleOf(each.bounds())
                            || (each.size() < SMALLER * usual
                                    && bounds.grown(LABELS, LABELS).hasMiddleOf(each.bounds())))
                    .toList();
            segments.removeAll(Set.copyOf(inside));
            var around = inside.isEmpty() ? bounds : bounds.with(Rect.around(inside, Segment::bounds));
            figures.add(new Region(RegionType.FIGURE, around, Rows.text(inside, " ")));
        }
        return figures;
    }

    /** Whether {@code each} is the coloured ground of a line of text. */
    private static boolean isStripe(Rect each, List<Segment> segments) {
        return each.width() > STRIPE * each.height()
                && segments.stream().anyMatch(line -> each.hasMiddleOf(line.bounds()));
    }

    private static boolean isGround(Rect each, Rect page) {
        return each.area() > WHOLE_PAGE * page.area();
    }

    private static List<Rect> clusters(List<Rect> marks, List<Rect> pictures, Rect page) {
        double cell = Math.max(CELL, Math.max(page.width(), page.height()) / CELLS);
        var raster = new Raster((int) Math.ceil(page.width() / cell) + 1, (int) Math.ceil(page.height() / cell) + 1);
        var all = new ArrayList<>(marks);
        all.addAll(pictures);
        all.forEach(each -> raster.paint(each, cell));
        int[] clusters = raster.clusters(APART);
        var found = new ArrayList<Cluster>();
        for (int i = 0; i < all.size(); i++) {
            int number = raster.at(clusters, all.get(i), cell);
            while (found.size() <= number) {
                found.add(new Cluster());
            }
            found.get(number).add(all.get(i), i >= marks.size());
        }
        return found.stream()
                .filter(Cluster::isFigure)
                .map(each -> each.parts.size() == 1 ? each.parts.getFirst() : Rect.around(each.parts, part -> part))
                .toList();
    }

    /** Parts that are connected. */
    private static final class Cluster {

        private final List<Rect> parts = new ArrayList<>();
        private boolean picture;

        void add(Rect part, boolean isPicture) {
            boolean again = parts.stream()
                    .limit(FEWEST)
                    .anyMatch(each -> each.grown(1, 1).hasMiddleOf(part)
                            && Math.abs(each.width() - part.width()) < 2
                            && Math.abs(each.height() - part.height()) < 2);
            if (!again) {
                parts.add(part);
            }
            picture |= isPicture;
        }

        boolean isFigure() {
            if (parts.isEmpty()) {
                return false;
            }
            var bounds = Rect.around(parts, part -> part);
            boolean large = bounds.width() >= LEAST && bounds.height() >= LEAST;
            boolean ruled = parts.stream().allMatch(part -> part.height() < FLAT);
            return large && (picture || (parts.size() >= FEWEST && !ruled));
        }
    }
}
