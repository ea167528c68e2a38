package io.perpetua.adapters.documents;

import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFailure.Kind;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a document, or with those who are asked about it, each under its code. */
public final class Failures {

    private Failures() {}

    public static DocumentFailure encrypted(@Nullable Throwable cause) {
        return refused(
                "document_encrypted", "the document is encrypted and cannot be opened without a password", cause);
    }

    /** It is not as its format wants it; {@code what} follows on "the document". */
    public static DocumentFailure damaged(String what, @Nullable Throwable cause) {
        return refused("document_damaged", "the document " + what, cause);
    }

    /** There is more of it than is read; {@code what} says of what, and how much is allowed. */
    public static DocumentFailure tooLarge(String what) {
        return refused("document_too_large", what, null);
    }

    public static DocumentFailure unsupported(String what) {
        return refused("document_unsupported", what, null);
    }

    /** A page, or with number 0 what is read before the first one, is larger than what is read of one. */
    public static DocumentFailure pageTooLarge(int page, String what) {
        return refused("page_too_large", page == 0 ? what : "page " + page + ": " + what, null);
    }

    public static DocumentFailure pageTooSlow(int page) {
        return refused("page_too_slow", "page " + page + " could not be read within the time for a page", null);
    }

    public static DocumentFailure fetchRefused(String what) {
        return refused("fetch_refused", what, null);
    }

    /** Nobody answered, or not in time. */
    public static DocumentFailure fetchFailed(String what, @Nullable Throwable cause) {
        return new DocumentFailure(Kind.UNAVAILABLE, "fetch_failed", what, cause);
    }

    /** Whoever recognises text is not there, or does not answer. */
    public static DocumentFailure recogniserUnavailable(String what, @Nullable Throwable cause) {
        return new DocumentFailure(Kind.UNAVAILABLE, "ocr_unavailable", what, cause);
    }

    /** The reading was broken off; it may be begun again. */
    public static DocumentFailure interrupted() {
        return new DocumentFailure(Kind.UNAVAILABLE, "interrupted", "the reading was broken off", null);
    }

    /** Text is to be recognised, and nobody is to recognise it. */
    public static DocumentFailure recogniserOff() {
        return refused("ocr_off", "the region has no text layer, and nothing here recognises text from pixels", null);
    }

    public static DocumentFailure refused(String code, String message, @Nullable Throwable cause) {
        return new DocumentFailure(Kind.REFUSED, code, message, cause);
    }
}
