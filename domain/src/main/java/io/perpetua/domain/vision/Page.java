package io.perpetua.domain.vision;

/**
 * A page as it is measured.
 *
 * @param number from 1
 * @param width in pixels
 * @param height in pixels
 * @param resolution in pixels an inch; what is no paper, such as HTML or an image, has the one it is taken to have
 */
public record Page(int number, int width, int height, int resolution) {

    public Page {
        if (number < 1 || width < 1 || height < 1 || resolution < 1) {
            throw new IllegalArgumentException(
                    "no page: " + number + ", " + width + "x" + height + " at " + resolution);
        }
    }
}
