package io.perpetua.application;

/** The store did not answer; whether what it was asked has happened is unknown unless the message says so. */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean full;

    public StoreUnavailable(String message, Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Says besides whether there is no room left.
     *
     * @param full whether there is no room left, which asking again does not cure
     */
    public StoreUnavailable(String message, Throwable cause, boolean full) {
        super(message, cause);
        this.full = full;
    }

    /** A stable word for programs. */
    public String code() {
        return full ? "storage_full" : "store_unavailable";
    }

    public boolean full() {
        return full;
    }
}
