package io.perpetua.adapters.llm.http;

/** A request that a protocol has no words for. The message says which field, and what would be understood. */
public final class UnsupportedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnsupportedRequest(String message) {
        super(message);
    }
}
