package io.perpetua.adapters.documents;

import io.perpetua.adapters.documents.ocr.Recogniser;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import java.awt.image.BufferedImage;
import java.util.List;

/** Recognises nothing, whatever it is given. */
final class Silent implements Recogniser {

    @Override
    public int pageResolution() {
        return 150;
    }

    @Override
    public int resolution(Fidelity fidelity) {
        return 150;
    }

    @Override
    public List<Recognised> page(BufferedImage image, int resolution) {
        return List.of();
    }

    @Override
    public Decoded decode(BufferedImage image, int resolution, Fidelity fidelity) {
        return new Decoded("", 0);
    }
}
