package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.adapters.documents.layout.PageContent;
import io.perpetua.application.vision.DocumentFailure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** A PDF that is open: read page by page, so that what is held does not grow with the number of its pages. */
public final class PdfDocument implements AutoCloseable {

    /* The file is read where it lies; streams that are unpacked go to a temporary file when they outgrow MEMORY. Whatever
     * the library throws at bytes it cannot make sense of says that the document is damaged. */

    private static final long MEMORY = 16L << 20;

    static {
        BoundedFilters.install();
    }

    private final PDDocument document;
    private final DocumentLimits limits;

    private PdfDocument(PDDocument document, DocumentLimits limits) {
        this.document = document;
        this.limits = limits;
    }

    /**
     * Opens a file.
     *
     * @throws DocumentFailure where it is encrypted, damaged, or has more pages than are allowed
     */
    public static PdfDocument open(Path file, DocumentLimits limits) {
        var document = guarded(limits, 0, () -> {
            try {
                var memory = MemoryUsageSetting.setupMixed(MEMORY, limits.unpacked());
                return Loader.loadPDF(file.toFile(), memory.streamCache);
            } catch (InvalidPasswordException e) {
                throw Failures.encrypted(e);
            }
        });
        try {
            var pdf = new PdfDocument(document, limits);
            pdf.checkPages();
            return pdf;
        } catch (DocumentFailure e) {
            closeQuietly(document, e);
            throw e;
        }
    }

    private static void closeQuietly(PDDocument document, DocumentFailure failure) {
        try {
            document.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void checkPages() {
        int pages = pages();
        if (pages < 1) {
            throw Failures.damaged("has no pages", null);
        }
        if (pages > limits.pages()) {
            throw Failures.tooLarge("the document has " + pages + " pages, and " + limits.pages() + " are allowed");
        }
    }

    /** How many there are. */
    public int pages() {
        return guarded(limits, 0, document::getNumberOfPages);
    }

    /** What page {@code number}, from 1, shows. */
    public PageContent content(int number) {
        return guarded(limits, number, () -> {
            var page = page(number);
            var scan = new PageScan(page);
            return scan.content();
        });
    }

    /** The page as pixels, {@code resolution} an inch. */
    public BufferedImage image(int number, int resolution) {
        return guarded(limits, number, () -> {
            page(number);
            return PageImage.of(document, number - 1, resolution);
        });
    }

    private PDPage page(int number) throws IOException {
        var page = document.getPage(number - 1);
        var box = page.getCropBox();
        if (!(box.getWidth() >= 1 && box.getHeight() >= 1)) {
            throw new IOException("page " + number + " has no extent");
        }
        checkContents(page);
        return page;
    }

    /** The library unpacks the commonest kind of contents while it goes through them, past all filters. */
    private static void checkContents(PDPage page) throws IOException {
        try (var contents = page.getContents()) {
            contents.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static <T> T guarded(DocumentLimits limits, int page, Effort.Work<T, IOException> work) {
        try {
            return Effort.within(limits, page, work);
        } catch (DocumentFailure e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | NoClassDefFoundError e) {
            throw failure(page, e);
        }
    }

    /** Our own refusals come through the library as causes. */
    private static DocumentFailure failure(int page, Throwable thrown) {
        if (Thread.currentThread().isInterrupted()) { // which closes the file under the library's hands
            return Failures.interrupted();
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof DocumentFailure ours) {
                return ours;
            }
            if (cause instanceof NoClassDefFoundError) {
                return Failures.encrypted(thrown);
            }
        }
        return Failures.damaged(page == 0 ? "is damaged" : "is damaged on page " + page, thrown);
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw Failures.damaged("could not be closed", e);
        }
    }
}
