package io.perpetua.adapters.http.guard;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is told how requests ended, each once, whoever answered or refused it. Safe for concurrent use. */
public interface Endings {

    /** A response's header that says in one word how its request ended. It does not leave the server. */
    String DETAIL = "X-Perpetua-Ending";

    /**
     * Who is told of a request.
     *
     * @param method such as {@code POST}
     * @param path without the query, and without slashes at its end
     * @return null for nobody
     */
    @Nullable
    Listener of(String method, String path);

    /** Told once. Returns at once and never fails. */
    interface Listener {

        /**
         * The request has ended.
         *
         * @param took from when its head had come to the end of the answer
         */
        void ended(Ending ending, Duration took);
    }

    /** What came of a request. */
    enum Kind {
        OK,
        /** The client's mistake, or what it may not. */
        REFUSED,
        /** More than this client may. */
        LIMITED,
        /** More than the server takes now. */
        BUSY,
        /** Something that is needed is missing for now. */
        UNAVAILABLE,
        /** Our fault. */
        FAILED,
        /** The client left before the answer. */
        CANCELLED
    }

    /**
     * How a request ended.
     *
     * @param status of the answer; 0 where there was none
     * @param detail what {@link #DETAIL} says, or of a refusal its code; empty for nothing
     */
    record Ending(int status, String detail) {

        private static final Set<String> TOO_MUCH =
                Set.of("queue_full", "displaced", "queue_timeout", "too_many_bytes");

        static final Ending NONE = new Ending(0, "");

        public Kind kind() {
            if (status == 0) {
                return Kind.CANCELLED;
            }
            if (status < HttpStatus.BAD_REQUEST.getCode()) {
                return Kind.OK;
            }
            if (status == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
                return Kind.LIMITED;
            }
            if (status < HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
                return Kind.REFUSED;
            }
            if (status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
                return TOO_MUCH.contains(detail) ? Kind.BUSY : Kind.UNAVAILABLE;
            }
            return status == HttpStatus.INSUFFICIENT_STORAGE.getCode() ? Kind.UNAVAILABLE : Kind.FAILED;
        }
    }
}
