package io.perpetua.adapters.documents.layout;

import java.util.List;

/**
 * Everything that a page shows. Points from its top left corner.
 *
 * @param glyphs of upright text, in the order in which they are drawn
 * @param turned of text that runs up, down or overhead, each with its place as if the page had been turned with it
 * @param rules straight lines along the edges
 * @param drawings where something else is drawn
 * @param pictures where pictures stand
 */
public record PageContent(
        double width,
        double height,
        List<Glyph> glyphs,
        List<Turned> turned,
        List<Rule> rules,
        List<Rect> drawings,
        List<Rect> pictures) {

    /**
     * A character of text that is not upright.
     *
     * @param quarters how often its line is turned, clockwise
     */
    public record Turned(Glyph glyph, int quarters) {}

    /** Share of the characters that the document itself names; 1 where there is none. */
    public double named() {
        long unknown = glyphs.stream()
                .filter(each -> each.text().equals(Glyph.UNKNOWN))
                .count();
        return glyphs.isEmpty() ? 1 : 1 - (double) unknown / glyphs.size();
    }
}
