package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.Effort;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** Makes pixels of a page. */
final class PageImage {

    private static final double POINTS_PER_INCH = 72;

    private PageImage() {}

    static BufferedImage of(PDDocument document, int index, int resolution) throws IOException {
        var page = document.getPage(index);
        var size = Display.size(page);
        double scale = resolution / POINTS_PER_INCH;
        Effort.pixels((long) Math.ceil(size.getWidth() * scale), (long) Math.ceil(size.getHeight() * scale));
        var renderer = new Renderer(document);
        renderer.setSubsamplingAllowed(true);
        return renderer.renderImageWithDPI(index, resolution * page.getUserUnit(), ImageType.GRAY);
    }

    private static final class Renderer extends PDFRenderer {

        Renderer(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new Drawer(parameters);
        }
    }

    /** Stops where the time is up. */
    private static final class Drawer extends PageDrawer {

        private static final int CHECKED_EVERY = 64;
        private int instructions;

        Drawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if (++instructions % CHECKED_EVERY == 0) {
                Effort.checkTime();
            }
            super.processOperator(operator, operands);
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            Effort.pixels(image.getWidth(), image.getHeight());
            if (image instanceof PDImageXObject object && object.getSoftMask() != null) {
                Effort.pixels(
                        object.getSoftMask().getWidth(), object.getSoftMask().getHeight());
            }
            super.drawImage(image);
        }
    }
}
