package io.perpetua.application.vision;

import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.nio.file.Path;

/** Reads one region as exactly as is asked for. Driven port; safe for concurrent use. */
public interface RegionDecoder {

    /**
     * What was read.
     *
     * @param confidence how sure it is, 0 to 1, as measured by whoever read it
     */
    record Decoded(String text, double confidence) {}

    /**
     * Reads {@code region} of {@code document}. A region whose text is exact is returned as it is, at any fidelity.
     *
     * @param page the region's page, as it was measured
     * @throws DocumentFailure where it cannot be read (refused), or who would read it does not answer (unavailable)
     */
    Decoded decode(Path document, Page page, PageRegion region, Fidelity fidelity);
}
