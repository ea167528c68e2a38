package io.perpetua.application.routing;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way, pulled by one reader. Closing it before its end cancels the call, also at the provider. Not safe
 * for concurrent use, save {@link #close}, which any thread may call at any time.
 */
public interface ProviderReply extends AutoCloseable {

    /**
     * The next event, or null when none came within {@code patience}. After {@link Event.Done} there are no more.
     *
     * @throws ProviderFailure when the answer breaks off, stalls beyond the provider's timeout, or makes no sense
     * @throws java.util.concurrent.CancellationException when the reply is closed meanwhile or the reader interrupted:
     *     nobody's failure
     */
    @Nullable
    Event next(Duration patience);

    @Override
    void close();

    /** What happens to an answer on its way. */
    sealed interface Event {

        /**
         * A piece of a streamed answer.
         *
         * @param json the chunk, as OpenAI's wire has it
         */
        record Chunk(String json, Kind kind) implements Event {

            /** Tells of what is said no more than its length: it may get into logs. */
            @Override
            public String toString() {
                return "Chunk[" + kind + ", " + json.length() + " characters]";
            }
        }

        /** The whole answer has been received; for a stream, after at least one chunk that says why it ended. */
        record Done(Answer answer) implements Event {}
    }

    /** What a chunk is about. */
    enum Kind {
        /** Opens the stream without saying anything yet. */
        PREAMBLE,
        /** Carries text, reasoning or a tool call. */
        CONTENT,
        /** Says why the answer ended; may carry the last of its content. */
        FINISH,
        /** Carries the usage and nothing else; it was asked for by us, and perhaps by the client. */
        USAGE
    }

    /**
     * A complete answer.
     *
     * @param message the first choice's message, as it would be re-sent in a later request
     * @param finishReason why it ended, such as {@code stop}, {@code length} or {@code tool_calls}; null if not said
     * @param usage what the provider counted, null when it did not say
     * @param model the model that answered, by its provider's account
     * @param body the completion's JSON for an answer in one piece, null for a stream
     */
    record Answer(
            Message message,
            @Nullable String finishReason,
            @Nullable Usage usage,
            @Nullable String model,
            @Nullable String body) {

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "Answer[" + model + ", " + finishReason + "]";
        }
    }
}
