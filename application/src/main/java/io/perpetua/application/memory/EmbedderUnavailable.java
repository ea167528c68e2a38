package io.perpetua.application.memory;

/** Nothing can be embedded at present; what needs vectors has to do without. */
public final class EmbedderUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbedderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
