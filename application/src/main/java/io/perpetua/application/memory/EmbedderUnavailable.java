package io.perpetua.application.memory;

/** No vector could be made; asking again later may help. */
public final class EmbedderUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbedderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
