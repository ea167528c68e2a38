package io.perpetua.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The straight line that comes closest to points by the least squares of its distances.
 *
 * @param slope by how much y grows with one of x; NaN of less than two different x
 * @param error the slope's standard error; NaN of less than three points
 * @param mean of the y; NaN of nothing
 */
record Trend(double slope, double error, double mean) {

    /** A point of it. */
    record Point(double x, double y) {}

    static Trend of(List<Point> points) {
        return of(points, 2);
    }

    /**
     * The trend of y over x where y depends on a third thing as well, which is there for each point in the same order: as
     * if that had been the same all along.
     */
    static Trend of(List<Point> points, List<? extends Number> third) {
        var x = unexplained(points.stream().map(Point::x).toList(), third);
        var y = unexplained(points.stream().map(Point::y).toList(), third);
        var left = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i++) {
            left.add(new Point(x.get(i), y.get(i)));
        }
        var trend = of(left, 3);
        double mean = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        return new Trend(trend.slope, trend.error, mean);
    }

    /** What {@code by} does not explain of values, by the Frisch–Waugh–Lovell theorem all that matters of them. */
    private static List<Double> unexplained(List<Double> values, List<? extends Number> by) {
        var points = new ArrayList<Point>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new Point(by.get(i).doubleValue(), values.get(i)));
        }
        double mean = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        var trend = of(points);
        double slope = Double.isNaN(trend.slope) ? 0 : trend.slope; // what is always the same explains nothing
        return points.stream()
                .map(point -> point.y() - trend.mean - slope * (point.x() - mean))
                .toList();
    }

    private static Trend of(List<Point> points, int parameters) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        double together = 0;
        double alone = 0;
        for (Point point : points) {
            together += (point.x() - meanX) * (point.y() - meanY);
            alone += (point.x() - meanX) * (point.x() - meanX);
        }
        double slope = alone == 0 ? Double.NaN : together / alone;
        double squares = 0;
        for (Point point : points) {
            double off = point.y() - meanY - slope * (point.x() - meanX);
            squares += off * off;
        }
        int free = points.size() - parameters;
        return new Trend(slope, free <= 0 ? Double.NaN : Math.sqrt(squares / free / alone), meanY);
    }
}
