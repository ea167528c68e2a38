package io.perpetua.adapters.documents.layout;

import java.util.List;
import java.util.function.Function;

/** A rectangle on a page: points (1/72 inch) from the page's top left corner, as it is looked at. */
public record Rect(double left, double top, double right, double bottom) {

    public double width() {
        return right - left;
    }

    public double height() {
        return bottom - top;
    }

    double area() {
        return Math.max(0, width()) * Math.max(0, height());
    }

    double middle() {
        return (top + bottom) / 2;
    }

    double center() {
        return (left + right) / 2;
    }

    Rect grown(double across, double down) {
        return new Rect(left - across, top - down, right + across, bottom + down);
    }

    Rect with(Rect other) {
        return new Rect(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    boolean meets(Rect other) {
        return left <= other.right && other.left <= right && top <= other.bottom && other.top <= bottom;
    }

    boolean hasMiddleOf(Rect other) {
        return left <= other.center() && other.center() <= right && top <= other.middle() && other.middle() <= bottom;
    }

    /** How far both reach beside each other, in points; not above zero where they do not. */
    double sharedWidth(Rect other) {
        return Math.min(right, other.right) - Math.max(left, other.left);
    }

    /** The smallest rectangle around everything of {@code things}, of which there is at least one. */
    static <T> Rect around(List<T> things, Function<? super T, Rect> bounds) {
        return things.stream().map(bounds).reduce(Rect::with).orElseThrow();
    }
}
