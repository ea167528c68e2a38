package io.perpetua.benchmarks.memory;

import java.util.List;
import java.util.Locale;

/** The few elements that charts are drawn with. */
final class Svg {

    static final String INK = "#111111";
    static final String PALE = "#555555";
    static final String GRID = "#dddddd";

    /** Okabe and Ito's palette, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private Svg() {}

    static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    static String text(double x, double y, String anchor, String colour, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                colour,
                escaped(text));
    }

    static String stroke(double x1, double y1, double x2, double y2, String colour, int width) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
                x1,
                y1,
                x2,
                y2,
                colour,
                width);
    }

    static String polyline(String points, String colour) {
        return "<polyline points=\"" + points + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>\n";
    }

    static String dot(double x, double y, String colour) {
        return String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x, y, colour);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
