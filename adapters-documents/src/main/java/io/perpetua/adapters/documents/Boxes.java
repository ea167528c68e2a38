package io.perpetua.adapters.documents;

import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Page;

/** From points to pixels of a page, and back. */
public final class Boxes {

    private static final double POINTS_PER_INCH = 72;

    private Boxes() {}

    /** The page of this size; what is above a million pixels wide or high is none. */
    public static Page page(int number, double width, double height, int resolution) {
        double scale = resolution / POINTS_PER_INCH;
        return new Page(number, pixels(width * scale), pixels(height * scale), resolution);
    }

    private static int pixels(double length) {
        return Math.clamp(Math.round(length), 1, 1_000_000);
    }

    /** The pixels that {@code bounds} touches, within the page. */
    public static Box of(Rect bounds, Page page) {
        double scale = page.resolution() / POINTS_PER_INCH;
        int left = Math.clamp((long) Math.floor(bounds.left() * scale), 0, page.width() - 1);
        int top = Math.clamp((long) Math.floor(bounds.top() * scale), 0, page.height() - 1);
        int right = Math.clamp((long) Math.ceil(bounds.right() * scale), left + 1, page.width());
        int bottom = Math.clamp((long) Math.ceil(bounds.bottom() * scale), top + 1, page.height());
        return new Box(left, top, right - left, bottom - top);
    }
}
