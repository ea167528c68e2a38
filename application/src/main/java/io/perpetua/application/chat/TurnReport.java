package io.perpetua.application.chat;

import io.perpetua.application.cache.CacheStatus;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Usage;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one turn, and what came of it: the contract's {@code perpetual_metadata}.
 *
 * @param conversationId the conversation, null when memory was off
 * @param forkedFrom the conversation it branched off, if it did
 * @param turn the number of the answer's turn; of the message's, as long as there is no answer
 * @param mode the mode the context was made in
 * @param useRetrieval whether older turns were looked for
 * @param anchors what was sent as holding always, the oldest first
 * @param intent what kind of help it was taken to ask for
 * @param provider who answered, null when nobody did
 * @param model the model that answered, null when nobody did
 * @param attempts everyone who was asked, or not to be asked for now, in order
 * @param fallbackUsed whether someone other than the first in line answered
 * @param cache whether the answer is one that was given before
 * @param usage what it used, null when nobody answered
 * @param costUsd what that costs, null when the price is not known
 * @param degraded what was missing while the turn was served
 * @param latencies where the time went
 */
public record TurnReport(
        @Nullable String conversationId,
        @Nullable String forkedFrom,
        int turn,
        Mode mode,
        boolean useRetrieval,
        TokenReport tokens,
        List<Anchor> anchors,
        List<Dropped> dropped,
        Intent intent,
        @Nullable String provider,
        @Nullable String model,
        List<Attempt> attempts,
        boolean fallbackUsed,
        CacheStatus cache,
        @Nullable Usage usage,
        @Nullable Double costUsd,
        List<String> degraded,
        Latencies latencies) {

    public TurnReport {
        anchors = List.copyOf(anchors);
        dropped = List.copyOf(dropped);
        attempts = List.copyOf(attempts);
        degraded = List.copyOf(degraded);
    }

    /** The same with one thing more that was missing. */
    TurnReport alsoWithout(String missing) {
        return new TurnReport(
                conversationId,
                forkedFrom,
                turn,
                mode,
                useRetrieval,
                tokens,
                anchors,
                dropped,
                intent,
                provider,
                model,
                attempts,
                fallbackUsed,
                cache,
                usage,
                costUsd,
                Stream.concat(degraded.stream(), Stream.of(missing)).toList(),
                latencies);
    }

    /**
     * One provider that was in line.
     *
     * @param outcome {@link #OK}, {@link #CANCELLED}, or why there was no answer: the kind of its failure, or how its circuit stands where it was
     *     not asked
     */
    public record Attempt(String provider, String model, String outcome, long latencyMs) {

        /** The outcome of a call that was answered. */
        public static final String OK = "ok";

        /** The outcome of a call that was given up, for the client has left. */
        public static final String CANCELLED = "cancelled";
    }

    /** Milliseconds spent on waiting to be let in, on recall, on waiting for the provider, and in all. */
    public record Latencies(long queueMs, long retrievalMs, long generationMs, long totalMs) {}
}
