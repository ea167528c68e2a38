package io.perpetua.application.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a chat request is answered with. */
public sealed interface ChatAnswer {

    /** What is known of the turn so far; of a stream, before its end, all but the usage. */
    TurnReport report();

    /**
     * The answer in one piece; the turn is stored.
     *
     * @param body the provider's completion, JSON
     */
    record Whole(String body, TurnReport report) implements ChatAnswer {

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "Whole[" + body.length() + " characters]";
        }
    }

    /**
     * The answer in pieces, the first of which has been seen, so that nothing but its end can still go wrong.
     */
    record Streamed(TurnReport report, ChatStream stream) implements ChatAnswer {}

    /** Pulled by one reader. Closing it before its end cancels the call upstream; any thread may do that. */
    interface ChatStream extends AutoCloseable {

        /**
         * What comes next, or null when nothing came within {@code patience}.
         *
         * @throws ChatFailed when the answer broke off; what was handed out before is not the whole of it
         */
        @Nullable
        Piece next(Duration patience);

        @Override
        void close();
    }

    /** A piece of a streamed answer. */
    sealed interface Piece {

        /** A chunk to be passed on. */
        record Chunk(String json) implements Piece {

            /** Tells of what is said no more than its length: it may get into logs. */
            @Override
            public String toString() {
                return "Chunk[" + json.length() + " characters]";
            }
        }

        /**
         * The last chunk. The turn is stored.
         *
         * @param json the chunk
         * @param report the whole account, to ride on it
         */
        record Last(String json, TurnReport report) implements Piece {

            /** Tells of what is said no more than its length: it may get into logs. */
            @Override
            public String toString() {
                return "Last[" + json.length() + " characters]";
            }
        }
    }
}
