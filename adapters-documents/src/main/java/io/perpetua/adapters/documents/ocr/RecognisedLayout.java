package io.perpetua.adapters.documents.ocr;

import io.perpetua.adapters.documents.layout.Glyph;
import io.perpetua.adapters.documents.layout.PageContent;
import io.perpetua.adapters.documents.layout.PageLayout;
import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.adapters.documents.ocr.Recogniser.Recognised;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes regions of words that were recognised, by the same layout as that of text layers. */
final class RecognisedLayout {

    /* A recogniser says where words are, not which font they are set in. A line's size is taken from the height of its
     * boxes and its characters share their word's box evenly. A line whose words are all as wide as they have characters
     * may be set in characters of one width; where several lines agree on that width, they are, and so is every other
     * line of the page whose words have it. */

    private static final double POINTS_PER_INCH = 72;
    private static final double EVEN = 0.06;
    private static final double ALIKE = 0.04;
    private static final int FEWEST_LINES = 3;
    private static final int SHORT = 3;

    /** What a word's box is narrower than its characters' places: the white beside the first and the last. */
    private static final double WHITE = 0.25;

    private static final double SPACE = 0.25;
    private static final double LEAST_PICTURE = 20;

    private RecognisedLayout() {}

    static List<Recognised> regions(TesseractTable table, int width, int height, int resolution) {
        double scale = POINTS_PER_INCH / resolution;
        var glyphs = new ArrayList<Glyph>();
        var lines = new HashMap<String, List<Word>>();
        table.words()
                .forEach(each -> lines.computeIfAbsent(each.line(), _ -> new ArrayList<>())
                        .add(each));
        var mono = monoLines(lines);
        for (Word word : table.words()) {
            var line = lines.getOrDefault(word.line(), List.of(word));
            double bottom = median(
                    line.stream().mapToDouble(each -> each.bounds().bottom()).toArray());
            double size = median(
                    line.stream().mapToDouble(each -> each.bounds().height()).toArray());
            spread(word, bottom * scale, size * scale, scale, mono.contains(word.line()), glyphs);
        }
        var pictures = table.blocks().stream()
                .filter(block -> table.words().stream().noneMatch(word -> within(word.bounds(), block)))
                .map(block -> scaled(block, scale))
                .filter(block -> Math.min(block.width(), block.height()) >= LEAST_PICTURE)
                .toList();
        var page = new PageContent(width * scale, height * scale, glyphs, List.of(), List.of(), List.of(), pictures);
        return PageLayout.regions(page).stream()
                .map(region -> new Recognised(
                        region.type(),
                        region.bounds(),
                        region.text(),
                        TesseractTable.confidence(table.words().stream()
                                .filter(word -> within(scaled(word.bounds(), scale), region.bounds()))
                                .toList())))
                .toList();
    }

    private static void spread(
            Word word, double baseline, double size, double scale, boolean mono, List<Glyph> glyphs) {
        var characters = word.text().codePoints().mapToObj(Character::toString).toList();
        double step = word.bounds().width() * scale / characters.size();
        double x = word.bounds().left() * scale;
        for (String each : characters) {
            glyphs.add(new Glyph(each, x, step, baseline, size, mono, 1));
            x += step;
        }
        glyphs.add(new Glyph(" ", x, SPACE * step, baseline, size, mono, 1)); // words are apart, however near
    }

    /** The lines that are set in characters of one width. */
    private static Set<String> monoLines(Map<String, List<Word>> lines) {
        var even = lines.values().stream()
                .map(RecognisedLayout::widths)
                .filter(widths -> widths.size() > 1 && areAll(widths, middle(widths)))
                .map(RecognisedLayout::middle)
                .toList();
        var shared = even.stream()
                .filter(one -> even.stream()
                                .filter(other -> Math.abs(one - other) < ALIKE * one)
                                .count()
                        >= FEWEST_LINES)
                .toList();
        var mono = new HashSet<String>();
        lines.forEach((line, words) -> {
            var widths = widths(words);
            if (!widths.isEmpty() && shared.stream().anyMatch(width -> areAll(widths, width))) {
                mono.add(line);
            }
        });
        return mono;
    }

    private static boolean areAll(List<Double> widths, double width) {
        return widths.stream().allMatch(each -> Math.abs(each - width) < EVEN * width);
    }

    /** How wide the characters are of each word that is long enough to tell. */
    private static List<Double> widths(List<Word> words) {
        return words.stream()
                .filter(each -> each.text().length() >= SHORT)
                .map(each -> each.bounds().width() / (each.text().length() - WHITE))
                .toList();
    }

    private static double middle(List<Double> widths) {
        return median(widths.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static boolean within(Rect word, Rect region) {
        double x = (word.left() + word.right()) / 2;
        double y = (word.top() + word.bottom()) / 2;
        return region.left() <= x && x <= region.right() && region.top() <= y && y <= region.bottom();
    }

    private static Rect scaled(Rect rect, double scale) {
        return new Rect(rect.left() * scale, rect.top() * scale, rect.right() * scale, rect.bottom() * scale);
    }
}
