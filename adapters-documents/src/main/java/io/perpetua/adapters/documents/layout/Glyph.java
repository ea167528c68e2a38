package io.perpetua.adapters.documents.layout;

/**
 * A character as it is drawn. Lengths in points, places from the page's top left corner.
 *
 * @param text what it stands for; {@link #UNKNOWN} where the document does not say
 * @param x where it begins
 * @param width how far it moves the pen
 * @param baseline of the line that it stands on
 * @param size of its font, as drawn
 * @param mono whether all characters of its font are equally wide
 * @param face tells fonts apart
 */
public record Glyph(String text, double x, double width, double baseline, double size, boolean mono, int face) {

    /** Stands where nobody knows which character was drawn. */
    public static final String UNKNOWN = "\ufffd";

    private static final double ASCENT = 0.78;
    private static final double DESCENT = 0.22;

    double right() {
        return x + width;
    }

    boolean isSpace() {
        return text.isBlank() || text.equals("\u00a0");
    }

    Rect bounds() {
        return new Rect(x, baseline - ASCENT * size, right(), baseline + DESCENT * size);
    }
}
