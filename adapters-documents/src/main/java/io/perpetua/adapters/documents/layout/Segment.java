package io.perpetua.adapters.documents.layout;

import java.util.List;

/** Characters on one baseline that stand close together: a line of a paragraph, a cell of a table's row, a label. */
final class Segment {

    /** The gap that is a space though none is drawn, as a share of the font's size. */
    private static final double WORD_GAP = 0.17;

    private final List<Glyph> glyphs;
    private final Rect bounds;
    private final String text;
    private final double size;

    /** @param glyphs from left to right, at least one that is no space */
    Segment(List<Glyph> glyphs) {
        this.glyphs = List.copyOf(glyphs);
        var seen = glyphs.stream().filter(each -> !each.isSpace()).toList();
        this.bounds = Rect.around(seen, Glyph::bounds);
        this.size = seen.stream().mapToDouble(Glyph::size).max().orElseThrow();
        this.text = text(this.glyphs);
    }

    private static String text(List<Glyph> glyphs) {
        var text = new StringBuilder();
        double end = Double.POSITIVE_INFINITY;
        for (Glyph each : glyphs) {
            boolean apart = each.x() - end > WORD_GAP * each.size();
            if (apart && !each.isSpace() && !text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
            text.append(each.text());
            end = each.right();
        }
        return text.toString().strip();
    }

    List<Glyph> glyphs() {
        return glyphs;
    }

    /** Around what is seen of it. */
    Rect bounds() {
        return bounds;
    }

    String text() {
        return text;
    }

    /** Of its largest characters. */
    double size() {
        return size;
    }

    double baseline() {
        return glyphs.stream()
                .filter(each -> each.size() == size)
                .findFirst()
                .orElseThrow()
                .baseline();
    }

    /** The font that most of it is drawn with. */
    int face() {
        return glyphs.get(glyphs.size() / 2).face();
    }

    /** Whether it is set in characters of one width. */
    boolean isMono() {
        long seen = glyphs.stream().filter(each -> !each.isSpace()).count();
        long mono =
                glyphs.stream().filter(each -> !each.isSpace() && each.mono()).count();
        return mono >= 0.98 * seen;
    }

    /** How wide its first word is. */
    double firstWord() {
        int seen = 0;
        while (seen < glyphs.size() && glyphs.get(seen).isSpace()) {
            seen++;
        }
        double left = glyphs.get(seen).x();
        double right = glyphs.get(seen).right();
        for (int i = seen + 1; i < glyphs.size(); i++) {
            var next = glyphs.get(i);
            if (next.isSpace() || next.x() - right > WORD_GAP * next.size()) {
                break;
            }
            right = next.right();
        }
        return right - left;
    }

    /** Where its second word begins; where the first does, if it is the only one. */
    double secondWord() {
        double end = bounds.left() + firstWord();
        return glyphs.stream()
                .filter(each -> !each.isSpace() && each.x() >= end)
                .mapToDouble(Glyph::x)
                .findFirst()
                .orElse(bounds.left());
    }

    int words() {
        return text.split("\\s+").length;
    }
}
