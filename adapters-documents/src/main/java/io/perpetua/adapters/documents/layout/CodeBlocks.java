package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds lines set in characters of one width, and gives them back to the letter. */
final class CodeBlocks {

    /* Each character of such a line stands in a column. So the spaces between words and before the first one are counted
     * from where characters stand, whether they were drawn or skipped; empty lines are counted from the distance between
     * baselines. The leftmost character or space of the block is in column 0. */

    /** Lines further apart than this, in heights of the font, belong to different blocks. */
    private static final double LINES_APART = 3.2;

    private static final double ASIDE = 2.5;
    private static final double USUAL_LEADING = 1.2;

    /** A page of nothing else is prose that was typed, but where it looks like code. */
    private static final Pattern SIGNS =
            Pattern.compile("[{}();=<>\\[\\]#$|]|::|->|\\b(def|return|import|void|if|for)\\b");

    private static final double SIGNS_PER_LINE = 0.6;

    private CodeBlocks() {}

    /** Takes the segments of code out of {@code segments} and returns their regions. */
    static List<Region> take(List<Segment> segments) {
        var mono = segments.stream().filter(Segment::isMono).toList();
        boolean typed = mono.size() == segments.size();
        var regions = new ArrayList<Region>();
        for (List<Segment> block : blocks(mono, segments)) {
            if (!typed || looksLikeCode(block)) {
                regions.add(new Region(RegionType.CODE, Rect.around(block, Segment::bounds), text(block)));
                segments.removeAll(Set.copyOf(block));
            }
        }
        return regions;
    }

    private static List<List<Segment>> blocks(List<Segment> mono, List<Segment> all) {
        var others = all.stream().filter(each -> !each.isMono()).toList();
        var blocks = new ArrayList<List<Segment>>();
        var bounds = new ArrayList<Rect>();
        for (List<Segment> row : Rows.of(mono)) {
            Effort.checkTime();
            for (Segment each : row) {
                int found = -1;
                var reach = each.bounds().grown(ASIDE * each.size(), (LINES_APART - 1) * each.size());
                for (int i = blocks.size() - 1; i >= Math.max(0, blocks.size() - 8) && found < 0; i--) {
                    if (bounds.get(i).meets(reach)
                            && isLikeTheLast(each, blocks.get(i))
                            && !isParted(bounds.get(i), each.bounds(), others)) {
                        found = i;
                    }
                }
                if (found < 0) {
                    blocks.add(new ArrayList<>(List.of(each)));
                    bounds.add(each.bounds());
                } else {
                    blocks.get(found).add(each);
                    bounds.set(found, bounds.get(found).with(each.bounds()));
                }
            }
        }
        return blocks;
    }

    private static boolean isLikeTheLast(Segment each, List<Segment> block) {
        var last = block.getLast();
        return Math.abs(last.size() - each.size()) < 0.1 * each.size();
    }

    /** Whether other text stands between a block and the line that may go on with it. */
    private static boolean isParted(Rect block, Rect line, List<Segment> others) {
        return others.stream()
                .map(Segment::bounds)
                .anyMatch(each -> each.middle() > block.bottom()
                        && each.middle() < line.top()
                        && each.sharedWidth(block.with(line)) > 0);
    }

    private static boolean looksLikeCode(List<Segment> block) {
        long signs =
                block.stream().filter(each -> SIGNS.matcher(each.text()).find()).count();
        return signs >= SIGNS_PER_LINE * block.size();
    }

    private static String text(List<Segment> block) {
        double left = block.stream()
                .flatMap(each -> each.glyphs().stream())
                .mapToDouble(Glyph::x)
                .min()
                .orElseThrow();
        double column = usual(block.stream()
                .flatMap(each -> each.glyphs().stream())
                .map(Glyph::width)
                .toList());
        var rows = Rows.of(block);
        double leading = leading(rows);
        var text = new StringBuilder();
        double before = rows.getFirst().getFirst().baseline();
        for (int i = 0; i < rows.size(); i++) {
            double baseline = rows.get(i).getFirst().baseline();
            long lines = i == 0 ? 0 : Math.max(1, Math.round((baseline - before) / leading));
            text.append("\n".repeat((int) Math.min(lines, 5)));
            text.append(line(rows.get(i), left, column));
            before = baseline;
        }
        return text.toString();
    }

    private static String line(List<Segment> row, double left, double column) {
        var line = new StringBuilder();
        int columns = 0;
        for (Segment segment : row) {
            for (Glyph each : segment.glyphs()) {
                if (each.isSpace() || column <= 0) {
                    continue;
                }
                long at = Math.min(Math.round((each.x() - left) / column), 1_000);
                if (at > columns) {
                    line.repeat(' ', (int) at - columns);
                    columns = (int) at;
                }
                line.append(each.text());
                columns++;
            }
        }
        return line.toString();
    }

    /** The distance of lines with none between them. */
    private static double leading(List<List<Segment>> rows) {
        double size = rows.getFirst().getFirst().size();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < rows.size(); i++) {
            double step = rows.get(i).getFirst().baseline()
                    - rows.get(i - 1).getFirst().baseline();
            least = Math.min(least, step);
        }
        return least <= 2 * size ? least : USUAL_LEADING * size;
    }

    /** The number that stands there most often, to a tenth. */
    private static double usual(List<Double> numbers) {
        Map<Long, Integer> counts = new HashMap<>();
        numbers.forEach(each -> counts.merge(Math.round(each * 100), 1, Integer::sum));
        long most = counts.entrySet().stream()
                .max(Map.Entry.<Long, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
        return most / 100.0;
    }
}
