package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.adapters.documents.layout.Rule;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is drawn on a page besides characters: rules, drawings and pictures, as they are looked at. */
final class Strokes {

    private static final int MOST_MARKS = 100_000;
    private static final double THIN = 3;
    private static final double SHORTEST = 4;

    private final AffineTransform toDisplay;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rect> drawings = new ArrayList<>();
    private final List<Rect> pictures = new ArrayList<>();

    /** Of the path that is being made: rectangles, and lines and curves by what they reach. */
    private final List<Rect> boxes = new ArrayList<>();

    private final List<Rect> lines = new ArrayList<>();
    private final List<Rect> curves = new ArrayList<>();
    private double x;
    private double y;
    private double startX;
    private double startY;
    private @Nullable Rect subpath;
    private int corners;
    private boolean straight = true;

    Strokes(AffineTransform toDisplay) {
        this.toDisplay = toDisplay;
    }

    List<Rule> rules() {
        return rules;
    }

    List<Rect> drawings() {
        return drawings;
    }

    List<Rect> pictures() {
        return pictures;
    }

    void rectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
        endSubpath(false);
        var path = new Path2D.Double();
        path.moveTo(p0.getX(), p0.getY());
        path.lineTo(p1.getX(), p1.getY());
        path.lineTo(p2.getX(), p2.getY());
        path.lineTo(p3.getX(), p3.getY());
        path.transform(toDisplay);
        var bounds = path.getBounds2D();
        count();
        boxes.add(new Rect(bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY()));
        moveTo(p0.getX(), p0.getY());
    }

    void picture(AffineTransform place) {
        var unit = new Path2D.Double();
        unit.moveTo(0, 0);
        unit.lineTo(1, 0);
        unit.lineTo(1, 1);
        unit.lineTo(0, 1);
        unit.transform(place);
        unit.transform(toDisplay);
        var bounds = unit.getBounds2D();
        count();
        pictures.add(new Rect(bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY()));
    }

    void moveTo(double toX, double toY) {
        endSubpath(false);
        x = toX;
        y = toY;
        startX = toX;
        startY = toY;
    }

    void lineTo(double toX, double toY) {
        var line = reach(x, y, toX, toY);
        boolean flat = line.width() < 0.5 || line.height() < 0.5;
        straight &= flat;
        corners++;
        subpath = subpath == null ? line : around(subpath, line);
        count();
        lines.add(line);
        x = toX;
        y = toY;
    }

    void curveTo(double x1, double y1, double x2, double y2, double toX, double toY) {
        var curve = around(around(reach(x, y, toX, toY), reach(x1, y1, x1, y1)), reach(x2, y2, x2, y2));
        straight = false;
        count();
        curves.add(curve);
        x = toX;
        y = toY;
    }

    Point2D currentPoint() {
        return new Point2D.Double(x, y);
    }

    void close() {
        if (corners > 0 && (Math.abs(x - startX) > 0.01 || Math.abs(y - startY) > 0.01)) {
            lineTo(startX, startY);
        }
        endSubpath(true);
        x = startX;
        y = startY;
    }

    /** A closed path of four lines along the edges is a rectangle. */
    private void endSubpath(boolean closed) {
        if (closed && straight && corners == 4 && subpath != null) {
            for (int i = 0; i < 4; i++) {
                lines.removeLast();
            }
            boxes.add(subpath);
        }
        subpath = null;
        corners = 0;
        straight = true;
    }

    void draw() {
        endSubpath(false);
        boxes.forEach(this::box);
        lines.forEach(this::line);
        drawings.addAll(curves);
        forget();
    }

    void forget() {
        endSubpath(false);
        boxes.clear();
        lines.clear();
        curves.clear();
    }

    private void box(Rect box) {
        if (box.width() < THIN || box.height() < THIN) {
            line(box);
            return;
        }
        drawings.add(box);
        rules.add(new Rule(new Rect(box.left(), box.top(), box.right(), box.top()), true, true));
        rules.add(new Rule(new Rect(box.left(), box.bottom(), box.right(), box.bottom()), true, true));
        rules.add(new Rule(new Rect(box.left(), box.top(), box.left(), box.bottom()), false, true));
        rules.add(new Rule(new Rect(box.right(), box.top(), box.right(), box.bottom()), false, true));
    }

    private void line(Rect line) {
        if (line.height() < THIN && line.width() >= SHORTEST) {
            rules.add(new Rule(line, true, false));
        } else if (line.width() < THIN && line.height() >= SHORTEST) {
            rules.add(new Rule(line, false, false));
        } else {
            drawings.add(line);
        }
    }

    private Rect reach(double fromX, double fromY, double toX, double toY) {
        var from = toDisplay.transform(new Point2D.Double(fromX, fromY), null);
        var to = toDisplay.transform(new Point2D.Double(toX, toY), null);
        return new Rect(
                Math.min(from.getX(), to.getX()),
                Math.min(from.getY(), to.getY()),
                Math.max(from.getX(), to.getX()),
                Math.max(from.getY(), to.getY()));
    }

    private static Rect around(Rect one, Rect other) {
        return new Rect(
                Math.min(one.left(), other.left()),
                Math.min(one.top(), other.top()),
                Math.max(one.right(), other.right()),
                Math.max(one.bottom(), other.bottom()));
    }

    private void count() {
        int marks = rules.size() + drawings.size() + pictures.size() + boxes.size() + lines.size() + curves.size();
        if (marks > MOST_MARKS) {
            throw Effort.tooMuch("it has more than " + MOST_MARKS + " lines and curves");
        }
    }
}
