package io.perpetua.adapters.documents.layout;

import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Makes paragraphs of the lines of a column. */
final class Paragraphs {

    /* A line begins a paragraph where it stands further below the last than lines do, is of another size or font, is
     * indented, or begins with a list's marker. Within one, the end of a line is only where the page's width ran out, if
     * the next word would not have fitted any more: then the lines are joined, by a space unless the line ends in a
     * hyphen within a word, which stays. Otherwise the line ends where it was meant to, and so does the text's. */

    private static final double GAP = 1.75;
    private static final double WIDER = 1.22;
    private static final double SIZE = 0.08;
    private static final double INDENT = 0.8;
    private static final double SPACE = 0.25;

    /** The end of a line of contents: dots, and a page. */
    private static final Pattern LEADER = Pattern.compile("(\\. ?){4,}\\s*[\\divx]+$");

    private Paragraphs() {}

    /** {@code column} as regions, what was found before in its place. */
    static List<Region> of(List<Atom> column) {
        var regions = new ArrayList<Region>();
        var lines = new ArrayList<Segment>();
        for (Atom each : column) {
            switch (each) {
                case Atom.Text(var segment) -> lines.add(segment);
                case Atom.Whole(var region) -> {
                    flush(lines, regions);
                    regions.add(region);
                }
            }
        }
        flush(lines, regions);
        return regions;
    }

    private static void flush(List<Segment> segments, List<Region> regions) {
        var current = new ArrayList<Line>();
        for (List<Segment> row : Rows.of(segments)) {
            var line = new Line(row);
            if (!current.isEmpty() && begins(line, current)) {
                regions.add(region(current));
                current.clear();
            }
            current.add(line);
        }
        if (!current.isEmpty()) {
            regions.add(region(current));
        }
        segments.clear();
    }

    private record Line(List<Segment> segments) {

        private Segment first() {
            return segments.getFirst();
        }

        Rect bounds() {
            return Rect.around(segments, Segment::bounds);
        }

        String text() {
            return String.join(" ", segments.stream().map(Segment::text).toList());
        }

        /** Where its words begin, after a marker. */
        double textLeft() {
            if (!hasMarker()) {
                return bounds().left();
            }
            boolean alone = segments.size() > 1 && first().words() == 1;
            return alone ? segments.get(1).bounds().left() : first().secondWord();
        }

        boolean hasMarker() {
            String word = first().text().split(" ", 2)[0];
            boolean more = segments.size() > 1 || first().text().length() > word.length();
            return more && AlignedTables.MARKER.matcher(word).matches();
        }
    }

    private static boolean begins(Line line, List<Line> paragraph) {
        var last = paragraph.getLast();
        double size = line.first().size();
        double step = line.first().baseline() - last.first().baseline();
        double usual = paragraph.size() < 2
                ? GAP * size
                : WIDER
                        * (paragraph.get(1).first().baseline()
                                - paragraph.getFirst().first().baseline());
        boolean far = step > Math.min(usual, GAP * size);
        boolean other = Math.abs(size - last.first().size()) > SIZE * size
                || (line.first().face() != last.first().face() && isAnotherFont(line, last));
        double left = line.bounds().left();
        double indent = paragraph.size() < 2
                ? paragraph.getFirst().textLeft()
                : last.bounds().left();
        boolean indented = left > indent + INDENT * size
                && left > paragraph.getFirst().bounds().left() + INDENT * size;
        return far || other || indented || (line.hasMarker() && mayBeItem(line, paragraph));
    }

    /** A dash or a number may begin a line by chance: but not after a line that it would still have fitted into. */
    private static boolean mayBeItem(Line line, List<Line> paragraph) {
        return line.first().text().matches("(?s)[\\u2022\\u2023\\u25aa\\u25cf\\u25e6\\u2043].*")
                || paragraph.getFirst().hasMarker()
                || paragraph.getLast().text().endsWith(":")
                || fits(
                        line,
                        paragraph.getLast(),
                        Rect.around(paragraph, Line::bounds).with(line.bounds()));
    }

    /** Whether the first word of {@code line} would have fitted into the one before. */
    private static boolean fits(Line line, Line before, Rect around) {
        return line.first().firstWord() + SPACE * line.first().size()
                < around.right() - before.bounds().right();
    }

    /** One that all of the line is set in, and nothing of the last. */
    private static boolean isAnotherFont(Line line, Line last) {
        int face = line.first().face();
        return faces(line).allMatch(each -> each == face) && faces(last).noneMatch(each -> each == face);
    }

    private static IntStream faces(Line line) {
        return line.segments().stream()
                .flatMap(each -> each.glyphs().stream())
                .filter(each -> !each.isSpace())
                .mapToInt(Glyph::face);
    }

    private static Region region(List<Line> lines) {
        var bounds = Rect.around(lines, Line::bounds);
        var text = new StringBuilder(lines.getFirst().text());
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i);
            if (fits(line, lines.get(i - 1), bounds)
                    || LEADER.matcher(lines.get(i - 1).text()).find()) {
                text.append('\n');
            } else if (!endsInHyphen(text)) {
                text.append(' ');
            }
            text.append(line.text());
        }
        return new Region(RegionType.TEXT, bounds, text.toString());
    }

    private static boolean endsInHyphen(StringBuilder text) {
        int end = text.length() - 1;
        return end > 0
                && (text.charAt(end) == '-' || text.charAt(end) == '\u00ad')
                && Character.isLetterOrDigit(text.charAt(end - 1));
    }
}
