package io.perpetua.application.tracing;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows requests, so that it can be seen afterwards what the time went into. Driven port; safe for concurrent use. It
 * never fails, and nobody waits for whoever looks at it.
 */
public interface Tracing {

    /** Nobody follows. */
    Tracing NONE = new Unfollowed();

    /**
     * A request has come.
     *
     * @param method of HTTP
     * @param route what it asks for, without what differs from request to request, such as {@code /v1/conversations/{id}}
     * @param headers its headers by name, null for one that is not there; they may say what the request is part of
     */
    Followed begin(String method, String route, Function<String, @Nullable String> headers);

    /** What {@code work} returns, as a step of what the calling thread works for; what it throws is the step's end, too. */
    <T> T step(Step step, Supplier<T> work);

    /** What the calling thread is at; null where nobody looks at it. */
    @Nullable
    Place current();

    /** A request that is followed. Safe for concurrent use. */
    interface Followed {

        /** The calling thread works for it until it closes what it gets. */
        Scope enter();

        /** It is over, with all of its answer; what comes later is not seen. */
        void ended(int status);
    }

    /** What a thread works for; closed by that thread. */
    interface Scope extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * What a thread is at.
     *
     * @param trace 32 hexadecimal digits for all that belongs to one request, also elsewhere
     * @param span 16 for this part of it
     */
    record Place(String trace, String span) {}

    /** A part of the work for a request. */
    enum Step {
        /** Waiting to be let in. */
        ADMISSION("admission"),
        /** All that is done before somebody is asked: which conversation, who may answer, what is sent. */
        CONTEXT("context"),
        /** Looking for what a conversation holds. */
        SEARCH_MEMORY("search_memory"),
        /** Remembering how a turn ended. */
        STORE("store"),
        /** Writing turns into the record. */
        CREATE_MEMORY("create_memory"),
        /** Erasing a conversation. */
        DELETE_MEMORY("delete_memory");

        private final String wire;

        Step(String wire) {
            this.wire = wire;
        }

        /** Its name in traces. */
        public String wire() {
            return wire;
        }
    }
}
