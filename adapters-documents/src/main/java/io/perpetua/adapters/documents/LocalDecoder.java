package io.perpetua.adapters.documents;

import io.perpetua.adapters.documents.image.Pictures;
import io.perpetua.adapters.documents.ocr.Recogniser;
import io.perpetua.adapters.documents.pdf.PdfDocument;
import io.perpetua.application.vision.RegionDecoder;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads regions again: from the text layer as they are, from pixels by the recogniser. Safe for concurrent use. */
public final class LocalDecoder implements RegionDecoder {

    /** White around a region, in pixels: characters at the very edge are hard to recognise. */
    private static final int MARGIN = 8;

    private final DocumentLimits limits;
    private final @Nullable Recogniser recogniser;

    /** @param recogniser null where nothing is to be recognised */
    public LocalDecoder(DocumentLimits limits, @Nullable Recogniser recogniser) {
        this.limits = limits;
        this.recogniser = recogniser;
    }

    @Override
    public Decoded decode(Path document, Page page, PageRegion region, Fidelity fidelity) {
        if (region.exact()) {
            return new Decoded(region.text(), region.confidence());
        }
        if (recogniser == null) {
            throw Failures.recogniserOff();
        }
        int resolution = recogniser.resolution(fidelity);
        var whole = image(document, page, resolution);
        return recogniser.decode(
                cut(whole, region.box(), (double) whole.getWidth() / page.width()), resolution, fidelity);
    }

    private BufferedImage image(Path document, Page page, int resolution) {
        return switch (Format.of(document, MediaType.of(""))) {
            case PDF -> {
                try (var pdf = PdfDocument.open(document, limits)) {
                    yield pdf.image(page.number(), resolution);
                }
            }
            case PICTURE -> {
                try (var pictures = Pictures.open(document, limits)) {
                    yield pictures.image(page.number(), resolution);
                }
            }
            case HTML, MARKDOWN -> throw Failures.damaged("has no pixels to read a region from", null);
        };
    }

    private static BufferedImage cut(BufferedImage whole, Box box, double scale) {
        int x = Math.clamp((long) (box.x() * scale), 0, whole.getWidth() - 1);
        int y = Math.clamp((long) (box.y() * scale), 0, whole.getHeight() - 1);
        int w = Math.clamp(Math.round(box.w() * scale), 1, whole.getWidth() - x);
        int h = Math.clamp(Math.round(box.h() * scale), 1, whole.getHeight() - y);
        var cut = new BufferedImage(w + 2 * MARGIN, h + 2 * MARGIN, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = cut.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, cut.getWidth(), cut.getHeight());
        graphics.drawImage(whole.getSubimage(x, y, w, h), MARGIN, MARGIN, null);
        graphics.dispose();
        return cut;
    }
}
