package io.perpetua.adapters.documents.ocr;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who recognises text here, if anybody does. Safe for concurrent use. */
public final class Recognition implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recognition.class);

    private final @Nullable Tesseract perhaps;
    private final @Nullable Recogniser certain;
    private @Nullable Boolean there;

    private Recognition(@Nullable Tesseract perhaps, @Nullable Recogniser certain) {
        this.perhaps = perhaps;
        this.certain = certain;
    }

    /** Nobody. */
    public static Recognition none() {
        return new Recognition(null, null);
    }

    /** Tesseract, which has to be installed. */
    public static Recognition tesseract(TesseractSettings settings) {
        return new Recognition(null, new Tesseract(settings));
    }

    /** Tesseract, where it is installed when it is first asked for; else nobody. */
    public static Recognition tesseractIfThere(TesseractSettings settings) {
        return new Recognition(new Tesseract(settings), null);
    }

    public static Recognition service(ServiceSettings settings) {
        return new Recognition(null, new OcrService(settings));
    }

    /** Null where nobody does. */
    public synchronized @Nullable Recogniser recogniser() {
        if (perhaps == null) {
            return certain;
        }
        if (there == null) {
            there = perhaps.isThere();
            LOG.info(
                    "Text in pictures {}",
                    there ? "is recognised by Tesseract" : "is not recognised: no Tesseract here");
        }
        return there ? perhaps : null;
    }

    @Override
    public void close() {
        if (certain instanceof OcrService service) {
            service.close();
        }
    }
}
