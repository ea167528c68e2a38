package io.perpetua.adapters.documents;

import java.time.Duration;

/**
 * How much of a document is read at most; what exceeds it is refused.
 *
 * @param bytes of a document, as it is given
 * @param pages of a document
 * @param pixels of a picture, or of a page that is made one
 * @param pageTime how long one page may take to be read
 * @param unpacked bytes that whatever is compressed for one page may come to
 */
public record DocumentLimits(long bytes, int pages, long pixels, Duration pageTime, long unpacked) {

    public static final DocumentLimits DEFAULT =
            new DocumentLimits(64L << 20, 5_000, 40_000_000, Duration.ofSeconds(20), 128L << 20);

    public DocumentLimits {
        if (bytes < 1 || pages < 1 || pixels < 1 || pageTime.isNegative() || pageTime.isZero() || unpacked < 1) {
            throw new IllegalArgumentException("limits of documents are above zero");
        }
    }
}
