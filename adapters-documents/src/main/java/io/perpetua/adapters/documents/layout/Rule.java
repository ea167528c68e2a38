package io.perpetua.adapters.documents.layout;

/**
 * A straight line along an edge of the page: what tables are ruled with.
 *
 * @param framed whether it is a side of a rectangle, which is among the page's drawings too
 */
public record Rule(Rect bounds, boolean horizontal, boolean framed) {

    double at() {
        return horizontal ? bounds.middle() : bounds.center();
    }

    double from() {
        return horizontal ? bounds.left() : bounds.top();
    }

    double to() {
        return horizontal ? bounds.right() : bounds.bottom();
    }

    /** Whether it passes {@code place} along its way. */
    boolean spans(double place) {
        return from() <= place && place <= to();
    }
}
