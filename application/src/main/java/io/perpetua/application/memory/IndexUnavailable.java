package io.perpetua.application.memory;

import org.jspecify.annotations.Nullable;

/** The turn index did not answer; the record is untouched, so whatever was being indexed can be put again. */
public final class IndexUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
