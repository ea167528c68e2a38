package io.perpetua.adapters.documents.ocr;

import io.perpetua.adapters.documents.Failures;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Tesseract, run as a program of its own: a picture in, a table of words with their places and confidences out. */
public final class Tesseract implements Recogniser {

    private static final int MOST_OUTPUT = 16 << 20;
    private static final Duration VERSION_TIME = Duration.ofSeconds(5);
    private static final String WHOLE_PAGE = "3";
    private static final String ONE_BLOCK = "6";

    private final TesseractSettings settings;
    private final Semaphore places;

    public Tesseract(TesseractSettings settings) {
        this.settings = settings;
        this.places = new Semaphore(settings.processes());
    }

    /** Whether the program is there and runs. */
    public boolean isThere() {
        try {
            BoundedProcess.run(List.of(settings.command(), "--version"), new byte[0], VERSION_TIME, MOST_OUTPUT);
            return true;
        } catch (BoundedProcess.Failed e) {
            return false;
        }
    }

    @Override
    public int pageResolution() {
        return resolution(Fidelity.EXACT);
    }

    /** The coarser, the fewer pixels; measured in docs/adr/0025. */
    @Override
    public int resolution(Fidelity fidelity) {
        return switch (fidelity) {
            case EXACT -> 300;
            case FINE -> 200;
            case USUAL -> 150;
            case COARSE -> 90;
        };
    }

    @Override
    public List<Recognised> page(BufferedImage image, int resolution) {
        return RecognisedLayout.regions(
                read(image, resolution, WHOLE_PAGE), image.getWidth(), image.getHeight(), resolution);
    }

    @Override
    public Decoded decode(BufferedImage image, int resolution, Fidelity fidelity) {
        var table = read(image, resolution, ONE_BLOCK);
        return new Decoded(table.text(), TesseractTable.confidence(table.words()));
    }

    private TesseractTable read(BufferedImage image, int resolution, String segmentation) {
        var command = List.of(
                settings.command(),
                "stdin",
                "stdout",
                "-l",
                settings.languages(),
                "--dpi",
                Integer.toString(resolution),
                "--psm",
                segmentation,
                "tsv");
        try {
            if (!places.tryAcquire(settings.time().toNanos(), TimeUnit.NANOSECONDS)) {
                throw Failures.recogniserUnavailable("no place came free to recognise text in", null);
            }
            try {
                return TesseractTable.of(BoundedProcess.run(command, png(image), settings.time(), MOST_OUTPUT));
            } finally {
                places.release();
            }
        } catch (BoundedProcess.Failed e) {
            throw Failures.recogniserUnavailable("Tesseract gave no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    /** {@code image} as a file. */
    static byte[] png(BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
