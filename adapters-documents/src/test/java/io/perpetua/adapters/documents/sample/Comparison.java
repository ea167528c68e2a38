package io.perpetua.adapters.documents.sample;

import io.perpetua.application.vision.DocumentReader;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a manual, beside what is on its pages: each region of it with the one that was read where it stands.
 *
 * @param pairs the region that was read; null where none was
 * @param read how many were
 */
public record Comparison(Map<Known, @Nullable PageRegion> pairs, int read) {

    private static final double POINTS_PER_INCH = 72;

    /** Reads {@code document} and compares. */
    public static Comparison of(Manual manual, DocumentReader reader, Path document) {
        var pages = new HashMap<Integer, List<PageRegion>>();
        var measured = new HashMap<Integer, Page>();
        reader.read(document, "application/pdf", 1, new DocumentReader.Pages() {
            @Override
            public void count(int count) {
                // each is told anyway
            }

            @Override
            public void page(Page page, List<PageRegion> regions) {
                pages.put(page.number(), regions);
                measured.put(page.number(), page);
            }
        });
        var pairs = new LinkedHashMap<Known, @Nullable PageRegion>();
        for (Known known : manual.regions()) {
            var page = measured.get(known.page());
            pairs.put(
                    known,
                    page == null
                            ? null
                            : nearest(known, pages.getOrDefault(known.page(), List.of()), page.resolution()));
        }
        return new Comparison(
                pairs, pages.values().stream().mapToInt(List::size).sum());
    }

    private static @Nullable PageRegion nearest(Known known, List<PageRegion> regions, int resolution) {
        PageRegion nearest = null;
        double most = 0;
        for (PageRegion each : regions) {
            double share = shared(known, each.box(), resolution / POINTS_PER_INCH);
            if (share > most) {
                most = share;
                nearest = each;
            }
        }
        return nearest;
    }

    /** What both cover, as a share of what either does. */
    private static double shared(Known known, Box box, double scale) {
        double width = Math.min(known.right() * scale, box.x() + box.w()) - Math.max(known.left() * scale, box.x());
        double height = Math.min(known.bottom() * scale, box.y() + box.h()) - Math.max(known.top() * scale, box.y());
        double both = Math.max(0, width) * Math.max(0, height);
        double one = (known.right() - known.left()) * (known.bottom() - known.top()) * scale * scale;
        return both / (one + (double) box.w() * box.h() - both);
    }

    /** Share of the regions that were taken for what they are. */
    public double rightTypes() {
        return share((known, read) -> known.type() == read.type());
    }

    /** Share of the regions whose text is the same, character for character. */
    public double exactTexts() {
        return share((known, read) -> known.text().equals(read.text()));
    }

    private interface Holds {
        boolean of(Known known, PageRegion read);
    }

    private double share(Holds holds) {
        long right = pairs.entrySet().stream()
                .filter(pair -> pair.getValue() != null && holds.of(pair.getKey(), pair.getValue()))
                .count();
        return (double) right / pairs.size();
    }

    /** Share of the words that were read in their order, by the longest common sequence; of all regions together. */
    public double wordAccuracy() {
        long words = 0;
        long right = 0;
        for (var pair : pairs.entrySet()) {
            String[] known = words(pair.getKey().text());
            words += known.length;
            var read = pair.getValue();
            right += read == null ? 0 : common(known, words(read.text()));
        }
        return (double) right / words;
    }

    /** The same for one text. */
    public static double wordAccuracy(String known, String read) {
        String[] words = words(known);
        return words.length == 0 ? 1 : (double) common(words, words(read)) / words.length;
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split("[\\s|]+", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static int common(String[] one, String[] other) {
        int[] above = new int[other.length + 1];
        for (String word : one) {
            int[] row = new int[other.length + 1];
            for (int i = 0; i < other.length; i++) {
                row[i + 1] = word.equals(other[i]) ? above[i] + 1 : Math.max(above[i + 1], row[i]);
            }
            above = row;
        }
        return above[other.length];
    }

    /** What was read wrongly, for whoever looks into it. */
    public List<String> mistakes() {
        var mistakes = new ArrayList<String>();
        pairs.forEach((known, read) -> {
            if (read == null || known.type() != read.type() || !known.text().equals(read.text())) {
                mistakes.add("page " + known.page() + " " + known.type() + " <" + known.text() + ">\n  read "
                        + (read == null ? "nothing" : read.type() + " <" + read.text() + ">"));
            }
        });
        return mistakes;
    }
}
