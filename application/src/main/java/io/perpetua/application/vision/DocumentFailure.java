package io.perpetua.application.vision;

import org.jspecify.annotations.Nullable;

/** A document, or a region of it, cannot be had or read. */
public final class DocumentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether trying again may help. */
    public enum Kind {
        /** The document or its address is at fault; it will be at fault again. */
        REFUSED,
        /** Whoever was asked did not answer, or not in time; the same may work later. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;

    /**
     * A failure.
     *
     * @param code a stable word for programs, such as {@code document_encrypted}
     * @param message what was found and what was expected, for people; says nothing of what the document says
     */
    public DocumentFailure(Kind kind, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }
}
