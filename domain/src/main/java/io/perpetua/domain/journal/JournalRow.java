package io.perpetua.domain.journal;

import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One turn that is over, as it is kept: what was decided and what it cost, and nothing of what was said. Times in
 * milliseconds.
 *
 * @param id no other row's; of rows of one instance, the later is the higher
 * @param at when it ended, to the millisecond
 * @param tenant whose it was
 * @param namespace of which of the tenant's applications
 * @param conversation the conversation's id; null without memory, and once the conversation has been erased
 * @param turn the number of the answer's turn, 0 without memory
 * @param stream whether the answer was wanted in pieces
 * @param intent what kind of help it was taken to ask for
 * @param mode the mode that its context was made in
 * @param reason how the ladder came about, for people
 * @param provider who answered, null when nobody did
 * @param model the model that answered, null when nobody did
 * @param attempts everyone who was in line, in order
 * @param fallback whether someone other than the first in line answered
 * @param cacheHit whether the answer had been given before
 * @param tokens what the context cost
 * @param usage what the answer used, null when nobody answered
 * @param costUsd what that costs, null when the price is not known
 * @param savedUsd what the memory saved, at least: what the tokens that were not sent would have cost if the provider had
 *     read all of them from its cache; null when the price is not known
 * @param latencies where the time went
 * @param ending how it ended
 * @param error what went wrong, a stable word; null where nothing did
 * @param finish why the answer ended, by the provider's account; null where it did not say
 * @param degraded what was missing while it was served
 */
public record JournalRow(
        String id,
        Instant at,
        String tenant,
        String namespace,
        @Nullable String conversation,
        int turn,
        boolean stream,
        Intent intent,
        Mode mode,
        String reason,
        @Nullable String provider,
        @Nullable String model,
        List<Asked> attempts,
        boolean fallback,
        boolean cacheHit,
        TokenReport tokens,
        @Nullable Usage usage,
        @Nullable Double costUsd,
        @Nullable Double savedUsd,
        Latencies latencies,
        Ending ending,
        @Nullable String error,
        @Nullable String finish,
        List<String> degraded) {

    private static final String CUT = "length";
    private static final String FILTERED = "content_filter";

    public JournalRow {
        attempts = List.copyOf(attempts);
        degraded = List.copyOf(degraded);
    }

    /** One of those in line, and what came of asking it. */
    public record Asked(String provider, String model, String outcome, long latencyMs) {

        /** How the circuit stood of one that was passed over, or that the client did not wait for it. */
        private static final Set<String> NO_FAILURES =
                Set.of("ok", "cancelled", "open", "half_open", "cooling_down", "key_refused");

        /** Whether it was asked, and gave no answer by its own doing. */
        public boolean failed() {
            return !NO_FAILURES.contains(outcome);
        }
    }

    /** Waiting to be let in, recall, waiting for the provider, and all of it. */
    public record Latencies(long queue, long retrieval, long generation, long total) {}

    /** Whether the answer was cut at its longest. */
    public boolean truncated() {
        return CUT.equals(finish);
    }

    /** Whether the provider held the answer, or a part of it, back for what it says. */
    public boolean filtered() {
        return FILTERED.equals(finish);
    }

    /** The same without the name of its conversation. */
    public JournalRow ofNoConversation() {
        return new JournalRow(
                id, at, tenant, namespace, null, turn, stream, intent, mode, reason, provider, model, attempts,
                fallback, cacheHit, tokens, usage, costUsd, savedUsd, latencies, ending, error, finish, degraded);
    }
}
