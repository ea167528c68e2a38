package io.perpetua.adapters.http;

/** The kinds of error that a client can tell apart, in the words OpenAI's clients know where it has one. */
public enum ErrorType {
    /** The client's mistake. */
    INVALID_REQUEST("invalid_request_error"),
    /** What is named does not exist. */
    NOT_FOUND("not_found_error"),
    /** Nobody knows who asks. */
    AUTHENTICATION("authentication_error"),
    /** Who asks may not have it. */
    PERMISSION("permission_error"),
    /** What was to be spent is spent. */
    QUOTA("insufficient_quota"),
    /** Too much for now. */
    RATE_LIMIT("rate_limit_error"),
    /** A provider's fault. */
    PROVIDER("api_error"),
    /** Something the server needs is missing for now. */
    UNAVAILABLE("service_unavailable_error"),
    /** The server's fault. */
    SERVER("server_error");

    private final String wire;

    ErrorType(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }
}
