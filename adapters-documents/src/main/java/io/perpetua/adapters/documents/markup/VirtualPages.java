package io.perpetua.adapters.documents.markup;

import io.perpetua.adapters.documents.Failures;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;

/** Pages for what has none: as if it were printed by a typewriter. */
public final class VirtualPages {

    /* A character is 8 pixels wide and a line 16 high, at 96 pixels an inch; lines are broken after 100 characters, and
     * between two regions is an empty line. A page has 60 lines, or as many as a region needs that is longer. */

    private static final int RESOLUTION = 96;
    private static final int CHARACTER = 8;
    private static final int LINE = 16;
    private static final int ACROSS = 100;
    private static final int DOWN = 60;
    private static final int FIGURE_LINES = 10;

    /** What bytes become that say nothing in the charset of their document. */
    private static final int REPLACED = 0xfffd;

    private final List<Made> made = new ArrayList<>();
    private final List<PageRegion> regions = new ArrayList<>();
    private int lines;

    private final int most;

    private VirtualPages(int most) {
        this.most = most;
    }

    /** A region before it has a place. */
    public record Part(RegionType type, String text) {}

    /** A page that was made, with what stands on it. */
    public record Made(Page page, List<PageRegion> regions) {}

    /**
     * Pages with {@code parts} in their order; one at least.
     *
     * @throws DocumentFailure where they would be more than {@code most}
     */
    public static List<Made> of(List<Part> parts, int most) {
        var pages = new VirtualPages(most);
        parts.forEach(pages::add);
        if (!pages.regions.isEmpty() || pages.made.isEmpty()) {
            pages.turn();
        }
        return pages.made;
    }

    private void add(Part part) {
        int high = part.type() == RegionType.FIGURE ? FIGURE_LINES : lines(part.text());
        if (lines > 0 && lines + high > DOWN) {
            turn();
        }
        var box = new Box(0, lines * LINE, ACROSS * CHARACTER, high * LINE);
        boolean says = !part.text().isEmpty();
        regions.add(new PageRegion(
                made.size() + 1, regions.size(), box, part.type(), part.text(), says, legible(part.text())));
        lines += high + 1;
    }

    /** The share of the characters that could be made out of the bytes; 0 of nothing. */
    private static double legible(String text) {
        long all = text.codePoints().count();
        long lost = text.codePoints().filter(c -> c == REPLACED).count();
        return all == 0 ? 0 : (double) (all - lost) / all;
    }

    private static int lines(String text) {
        return text.lines()
                .mapToInt(line -> Math.max(1, (line.length() + ACROSS - 1) / ACROSS))
                .sum();
    }

    private void turn() {
        if (made.size() >= most) {
            throw Failures.tooLarge("the document makes more than the " + most + " pages that are allowed");
        }
        int high = Math.max(DOWN, lines);
        made.add(
                new Made(new Page(made.size() + 1, ACROSS * CHARACTER, high * LINE, RESOLUTION), List.copyOf(regions)));
        regions.clear();
        lines = 0;
    }
}
