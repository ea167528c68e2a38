package io.perpetua.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line chart as SVG: recall over the tokens that were spent, one line a method. Tokens on a logarithmic scale, since
 * each step costs as much again; recall in percent.
 */
public final class Chart {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 56;
    private static final int RIGHT = 170;
    private static final int TOP = 44;
    private static final int BOTTOM = 48;
    private static final int GRID = 10;
    /** Okabe and Ito's palette, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private final String title;
    private final List<String> names = new ArrayList<>();
    private final List<SortedMap<Integer, Double>> lines = new ArrayList<>();

    public Chart(String title) {
        this.title = title;
    }

    /**
     * Adds a line.
     *
     * @param recallByTokens recall in [0, 1] at each number of tokens, at least one, all positive
     */
    public Chart line(String name, Map<Integer, Double> recallByTokens) {
        if (recallByTokens.isEmpty() || new TreeMap<>(recallByTokens).firstKey() < 1) {
            throw new IllegalArgumentException("nothing to draw for " + name);
        }
        names.add(name);
        lines.add(new TreeMap<>(recallByTokens));
        return this;
    }

    /** The chart as an SVG document. */
    public String svg() {
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\" role=\"img\" aria-label=\"%s\">\n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
                WIDTH,
                HEIGHT,
                escaped(title),
                WIDTH,
                HEIGHT));
        svg.append(text(LEFT, TOP - 20, "start", "#111111", title));
        svg.append(text(LEFT, HEIGHT - 10, "start", "#555555", "tokens of context"));
        double floor = floor();
        for (double percent = floor; percent <= 100; percent += GRID) {
            double y = y(percent / 100, floor);
            svg.append(stroke(LEFT, y, WIDTH - RIGHT, y, "#dddddd"));
            svg.append(text(LEFT - 8, y + 4, "end", "#555555", String.format(Locale.ROOT, "%.0f %%", percent)));
        }
        for (int tokens : ticks()) {
            svg.append(text(x(tokens), HEIGHT - BOTTOM + 18, "middle", "#555555", Integer.toString(tokens)));
        }
        for (int i = 0; i < lines.size(); i++) {
            svg.append(drawn(i, floor));
        }
        return svg.append("</svg>\n").toString();
    }

    private String drawn(int index, double floor) {
        String colour = COLOURS.get(index % COLOURS.size());
        var points = new StringBuilder();
        var dots = new StringBuilder();
        lines.get(index).forEach((tokens, recall) -> {
            double x = x(tokens);
            double y = y(recall, floor);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            dots.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x, y, colour));
        });
        int legend = TOP + 18 * index;
        return String.format(
                        Locale.ROOT,
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
                        points.toString().strip(),
                        colour)
                + dots
                + stroke(WIDTH - RIGHT + 14, legend, WIDTH - RIGHT + 34, legend, colour)
                + text(WIDTH - RIGHT + 40, legend + 4, "start", "#111111", names.get(index));
    }

    /** The round percentage below everything there is. */
    private double floor() {
        double least = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(recall -> recall)
                .min()
                .orElse(0);
        return Math.min(90, Math.floor(least * 100 / GRID) * GRID);
    }

    private List<Integer> ticks() {
        return lines.stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private double x(int tokens) {
        var ticks = ticks();
        double low = Math.log(ticks.getFirst());
        double high = Math.log(ticks.getLast());
        double share = high == low ? 0.5 : (Math.log(tokens) - low) / (high - low);
        return LEFT + share * (WIDTH - RIGHT - LEFT);
    }

    private static double y(double recall, double floor) {
        double share = (recall * 100 - floor) / (100 - floor);
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    private static String stroke(double x1, double y1, double x2, double y2, String colour) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
                x1,
                y1,
                x2,
                y2,
                colour);
    }

    private static String text(double x, double y, String anchor, String colour, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                colour,
                escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
