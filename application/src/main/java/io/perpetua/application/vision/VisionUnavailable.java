package io.perpetua.application.vision;

import java.time.Duration;

/** A request about documents that is not served now, by no mistake of its client. */
public final class VisionUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It is switched off, by the configuration or for this request. */
        OFF("upstream_disabled"),
        /** As many documents wait as may. */
        QUEUE_FULL("queue_full"),
        /** As many of this tenant's documents wait as may. */
        TENANT_QUEUE_FULL("tenant_queue_full");

        private final String wire;

        Reason(String wire) {
            this.wire = wire;
        }

        /** The name on the wire. */
        public String wire() {
            return wire;
        }
    }

    private final Reason reason;
    private final Duration retryAfter;

    /**
     * A refusal.
     *
     * @param retryAfter when asking again may help
     */
    public VisionUnavailable(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
