package io.perpetua.application.memory;

/**
 * The turn index is there and does not take what it was given, now or later; what else was put with it may be in the index
 * or not.
 */
public final class IndexRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IndexRefused(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
