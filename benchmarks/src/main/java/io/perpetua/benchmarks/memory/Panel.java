package io.perpetua.benchmarks.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * One plot of a {@link Chart}: recall in percent over some number, one line a method. The scale begins at the round
 * percentage below the lines that reach 40 %; the others would squeeze those together, and are said in words instead.
 */
final class Panel {

    static final int WIDTH = 410;
    static final int HEIGHT = 360;

    private static final int LEFT = 52;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 66;
    private static final int GRID = 5;
    private static final double LOW = 0.4;

    private final String heading;
    private final String unit;
    private final boolean logarithmic;
    private final Map<String, SortedMap<Integer, Double>> lines = new LinkedHashMap<>();

    /**
     * An empty plot.
     *
     * @param unit what lies on the horizontal axis
     * @param logarithmic whether each step of it is as much again
     */
    Panel(String heading, String unit, boolean logarithmic) {
        this.heading = heading;
        this.unit = unit;
        this.logarithmic = logarithmic;
    }

    /**
     * Adds a line.
     *
     * @param recalls recall in [0, 1] at each number, at least one, all positive
     */
    Panel line(String name, Map<Integer, Double> recalls) {
        if (recalls.isEmpty() || new TreeMap<>(recalls).firstKey() < 1) {
            throw new IllegalArgumentException("nothing to draw for " + name);
        }
        lines.put(name, new TreeMap<>(recalls));
        return this;
    }

    /** The names of the lines that are drawn, in order. */
    List<String> names() {
        return lines.entrySet().stream()
                .filter(line -> isDrawn(line.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The plot as an SVG group; {@code colour} numbers the lines by name. */
    String svg(ToIntFunction<String> colour) {
        var svg = new StringBuilder(Svg.text(LEFT, TOP - 14, "start", Svg.INK, heading));
        double floor = floor();
        for (double percent = floor; percent <= 100; percent += floor < LOW * 100 ? 2 * GRID : GRID) {
            double y = y(percent / 100, floor);
            svg.append(Svg.stroke(LEFT, y, WIDTH - RIGHT, y, Svg.GRID, 1));
            svg.append(Svg.text(LEFT - 8, y + 4, "end", Svg.PALE, String.format(Locale.ROOT, "%.0f %%", percent)));
        }
        for (int tick : ticks()) {
            svg.append(Svg.text(x(tick), HEIGHT - BOTTOM + 18, "middle", Svg.PALE, Integer.toString(tick)));
        }
        svg.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 36, "middle", Svg.PALE, unit));
        var below = new StringBuilder();
        lines.forEach((name, line) -> {
            if (isDrawn(line)) {
                svg.append(drawn(line, floor, Svg.colour(colour.applyAsInt(name))));
            } else {
                below.append(below.isEmpty() ? "below: " : "; ")
                        .append(name)
                        .append(' ')
                        .append(range(line));
            }
        });
        svg.append(Svg.text(LEFT, HEIGHT - 8, "start", Svg.PALE, below.toString()));
        return svg.toString();
    }

    private String drawn(SortedMap<Integer, Double> line, double floor, String colour) {
        var points = new StringBuilder();
        var dots = new StringBuilder();
        line.forEach((at, recall) -> {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(at), y(recall, floor)));
            dots.append(Svg.dot(x(at), y(recall, floor), colour));
        });
        return Svg.polyline(points.toString().strip(), colour) + dots;
    }

    private boolean isDrawn(SortedMap<Integer, Double> line) {
        return high(line) >= LOW || lines.values().stream().noneMatch(each -> high(each) >= LOW);
    }

    private double floor() {
        double least = lines.values().stream()
                .filter(this::isDrawn)
                .flatMap(line -> line.values().stream())
                .mapToDouble(recall -> recall)
                .min()
                .orElse(0);
        return Math.min(90, Math.floor(least * 10) * 10);
    }

    private static double high(SortedMap<Integer, Double> line) {
        return line.values().stream().mapToDouble(recall -> recall).max().orElse(0);
    }

    private static String range(SortedMap<Integer, Double> line) {
        double least =
                line.values().stream().mapToDouble(recall -> recall).min().orElse(0);
        return String.format(Locale.ROOT, "%.0f–%.0f %%", 100 * least, 100 * high(line));
    }

    private List<Integer> ticks() {
        return lines.values().stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private double x(int at) {
        var ticks = ticks();
        double low = scale(ticks.getFirst());
        double high = scale(ticks.getLast());
        double share = high == low ? 0.5 : (scale(at) - low) / (high - low);
        return LEFT + 16 + share * (WIDTH - RIGHT - LEFT - 32);
    }

    private double scale(int at) {
        return logarithmic ? Math.log(at) : at;
    }

    private static double y(double recall, double floor) {
        double share = (recall * 100 - floor) / (100 - floor);
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }
}
