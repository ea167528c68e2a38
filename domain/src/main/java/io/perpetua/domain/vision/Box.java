package io.perpetua.domain.vision;

/**
 * Where on a page: pixels at the page's resolution, from its top left corner.
 *
 * @param x of the left edge, at least 0
 * @param y of the upper edge, at least 0
 * @param w width, at least 1
 * @param h height, at least 1
 */
public record Box(int x, int y, int w, int h) {

    public Box {
        if (x < 0 || y < 0 || w < 1 || h < 1) {
            throw new IllegalArgumentException("no box: " + x + "," + y + " " + w + "x" + h);
        }
    }
}
