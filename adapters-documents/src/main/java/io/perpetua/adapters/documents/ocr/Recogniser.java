package io.perpetua.adapters.documents.ocr;

import io.perpetua.adapters.documents.layout.Rect;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionType;
import java.awt.image.BufferedImage;
import java.util.List;

/** Reads text from pixels. Safe for concurrent use. */
public interface Recogniser {

    /**
     * A region that was recognised.
     *
     * @param bounds in points
     * @param confidence as the recogniser measured it, 0 to 1
     */
    record Recognised(RegionType type, Rect bounds, String text, double confidence) {}

    /** Pixels an inch that {@link #page} is to be given. */
    int pageResolution();

    /** Pixels an inch that {@link #decode} is to be given for {@code fidelity}. */
    int resolution(Fidelity fidelity);

    /**
     * The regions of a page, in reading order.
     *
     * @throws DocumentFailure where there is no answer
     */
    List<Recognised> page(BufferedImage image, int resolution);

    /**
     * What one region says.
     *
     * @throws DocumentFailure where there is no answer
     */
    Decoded decode(BufferedImage image, int resolution, Fidelity fidelity);
}
