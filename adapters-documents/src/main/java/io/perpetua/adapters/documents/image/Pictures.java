package io.perpetua.adapters.documents.image;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.domain.vision.Page;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A picture, or the pages of a scan: each is measured before it is decoded. */
public final class Pictures implements AutoCloseable {

    /* A picture does not say how large it was. It is taken for a letter page across, which is what scans and screenshots
     * of pages are, and not for coarser than a screen or finer than a scanner. */

    private static final double INCHES_ACROSS = 8.5;
    private static final int COARSEST = 72;
    private static final int FINEST = 600;

    private final ImageInputStream stream;
    private final ImageReader reader;
    private final DocumentLimits limits;
    private final int count;

    private Pictures(ImageInputStream stream, ImageReader reader, DocumentLimits limits) throws IOException {
        this.stream = stream;
        this.reader = reader;
        this.limits = limits;
        this.count = reader.getFormatName().equalsIgnoreCase("tif") ? reader.getNumImages(true) : 1;
    }

    /**
     * Opens a file.
     *
     * @throws DocumentFailure where it is of a kind that cannot be decoded, damaged, or of too many pages
     */
    public static Pictures open(Path file, DocumentLimits limits) {
        return guarded(limits, 0, () -> {
            var stream = ImageIO.createImageInputStream(file.toFile());
            var readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                stream.close();
                throw Failures.unsupported("the document is a picture of a kind that is not read here");
            }
            var reader = readers.next();
            reader.setInput(stream, false, true);
            var pictures = new Pictures(stream, reader, limits);
            if (pictures.count > limits.pages()) {
                pictures.close();
                throw Failures.tooLarge(
                        "the document has " + pictures.count + " pages, and " + limits.pages() + " are allowed");
            }
            return pictures;
        });
    }

    /** How many pages there are. */
    public int count() {
        return count;
    }

    /** Picture {@code number}, from 1, as a page. */
    public Page page(int number) {
        return guarded(limits, number, () -> {
            int width = reader.getWidth(number - 1);
            int height = reader.getHeight(number - 1);
            Effort.pixels(width, height);
            int resolution = Math.clamp(Math.round(width / INCHES_ACROSS), COARSEST, FINEST);
            return new Page(number, width, height, resolution);
        });
    }

    /** Picture {@code number} in shades of grey, {@code resolution} pixels an inch. */
    public BufferedImage image(int number, int resolution) {
        var page = page(number);
        return guarded(limits, number, () -> {
            double scale = (double) resolution / page.resolution();
            long width = Math.max(1, Math.round(page.width() * scale));
            long height = Math.max(1, Math.round(page.height() * scale));
            Effort.pixels(width, height);
            var image = reader.read(number - 1);
            var grey = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_BYTE_GRAY);
            var graphics = grey.createGraphics();
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, grey.getWidth(), grey.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, 0, 0, grey.getWidth(), grey.getHeight(), null);
            graphics.dispose();
            return grey;
        });
    }

    private static <T> T guarded(DocumentLimits limits, int page, Effort.Work<T, IOException> work) {
        try {
            return Effort.within(limits, page, work);
        } catch (DocumentFailure e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the decoders throw whatever they run into
            throw Failures.damaged("is damaged, or a picture of a kind that is not read here", e);
        }
    }

    @Override
    public void close() {
        reader.dispose();
        try {
            stream.close();
        } catch (IOException e) {
            throw Failures.damaged("could not be closed", e);
        }
    }
}
