package io.perpetua.application.cache;

import io.perpetua.application.Pause;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.Waiting;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.HoldLeases.Lease;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Use case: give an answer again that was given to an identical request within the time to live, or is being given to one
 * right now. Safe for concurrent use.
 *
 * <p>The cache never fails a request: a store that is away is a miss, and is told as that.
 */
public final class ReuseAnswers {

    /** Most bytes of a completion that is kept: longer ones are rare, and would push many others out. */
    static final int LARGEST = 256 << 10;

    /** Longer than most generations take; one that is not read by its client may take for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final @Nullable AnswerCache cache;
    private final CompletionFormat format;
    private final InstantSource clock;
    private final CacheLimits limits;
    private final HoldLeases leases;
    private final Pause pause;
    private final SingleFlight<CacheKey, CachedAnswer> flights = new SingleFlight<>(PATIENCE);

    /**
     * Gives again what {@code cache} keeps.
     *
     * @param cache null when nothing is to be given again: everything bypasses the cache
     * @param leases has one of the instances that share the cache ask for what all of them are asked
     */
    public ReuseAnswers(
            @Nullable AnswerCache cache,
            CompletionFormat format,
            InstantSource clock,
            CacheLimits limits,
            HoldLeases leases,
            Pause pause) {
        this.cache = cache;
        this.format = format;
        this.clock = clock;
        this.limits = limits;
        this.leases = leases;
        this.pause = pause;
    }

    /**
     * What a model is to be asked.
     *
     * @param model as the client said it, {@code auto} included
     * @param parameters every field of the request that a provider sees, besides model, messages and stream; JSON
     * @param messages what is sent, context included
     */
    public record Asked(Scope scope, String model, String parameters, List<Message> messages) {

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "Asked[" + model + ", " + messages.size() + " messages]";
        }
    }

    /**
     * Looks for an answer. While an identical request is under way its whole answer is waited for, for a
     * while; where it ends without one, one of those who wait is told to ask.
     *
     * @param use what the client wants of the cache
     * @param waiting how to wait
     * @throws java.util.concurrent.CancellationException when the client leaves while it waits
     */
    public Lookup look(Asked asked, CacheUse use, Waiting waiting) {
        String parameters = cache == null || use == CacheUse.NONE ? null : format.comparable(asked.parameters());
        if (cache == null || parameters == null) {
            return new Lookup.Ask(Flight.BYPASSING, false);
        }
        var key = CacheKey.of(asked.scope(), asked.model(), parameters, asked.messages());
        if (use == CacheUse.KEEP) {
            return new Lookup.Ask(new Keeping(cache, key, CacheStatus.BYPASS, null, null), false);
        }
        return switch (flights.join(key, waiting)) {
            case SingleFlight.Turn.Shared<CachedAnswer>(var answer) -> new Lookup.Hit(answer, false);
            case SingleFlight.Turn.Alone<CachedAnswer> _ ->
                new Lookup.Ask(new Keeping(cache, key, CacheStatus.MISS, null, null), false);
            case SingleFlight.Turn.Leading<CachedAnswer>(var lead) -> lead(cache, key, lead, waiting);
        };
    }

    /** The answer as if its provider gave it just now. */
    public ProviderReply replay(CachedAnswer answer, boolean stream) {
        return new Replay(
                stream
                        ? format.stream(answer.completion())
                        : List.of(new Event.Done(format.read(answer.completion()))));
    }

    /** Only the leader looks into the store, and waits for other instances: what it finds is for those who wait as well. */
    private Lookup lead(AnswerCache cache, CacheKey key, SingleFlight<?, CachedAnswer>.Lead lead, Waiting waiting) {
        boolean led = false;
        try {
            var look = new SharedFlights(cache, leases, clock, pause, PATIENCE).look(key, waiting);
            led = true;
            if (look.answer() != null) {
                lead.land(look.answer());
                return new Lookup.Hit(look.answer(), false);
            }
            return new Lookup.Ask(new Keeping(cache, key, CacheStatus.MISS, lead, look.lease()), look.degraded());
        } finally {
            if (!led) {
                lead.close();
            }
        }
    }

    /** What may be given again: an answer that ended of its own accord and is plain text. Null if it may not. */
    private @Nullable CachedAnswer keepable(CacheKey key, Answer answer, String provider, String model) {
        if (!"stop".equals(answer.finishReason())
                || !answer.message().toolCalls().isEmpty()
                || answer.message().text().isBlank()) {
            return null;
        }
        String completion = answer.body() == null
                ? format.write("chatcmpl-" + key.hex().substring(0, 24), clock.instant(), model, answer)
                : answer.body();
        var cached = new CachedAnswer(completion, provider, model);
        return cached.bytes() > LARGEST ? null : cached;
    }

    /** The flight of a request whose answer is to be kept. */
    private final class Keeping implements Flight {

        private final AnswerCache cache;
        private final CacheKey key;
        private final CacheStatus status;
        private final SingleFlight<?, CachedAnswer>.@Nullable Lead lead;
        private final @Nullable Lease lease;
        private final AtomicBoolean released = new AtomicBoolean();

        Keeping(
                AnswerCache cache,
                CacheKey key,
                CacheStatus status,
                SingleFlight<?, CachedAnswer>.@Nullable Lead lead,
                @Nullable Lease lease) {
            this.cache = cache;
            this.key = key;
            this.status = status;
            this.lead = lead;
            this.lease = lease;
        }

        @Override
        public CacheStatus status() {
            return status;
        }

        /** Kept before it is shared: whoever comes in between finds either the flight or the answer. */
        @Override
        public void keep(Answer answer, String provider, String model, @Nullable ConversationKey from) {
            try (this) {
                var kept = keepable(key, answer, provider, model);
                if (kept != null) {
                    store(kept, from);
                }
                land(kept);
            }
        }

        @Override
        public void share(Answer answer, String provider, String model) {
            try (this) {
                land(keepable(key, answer, provider, model));
            }
        }

        private void land(@Nullable CachedAnswer answer) {
            giveUpLease();
            if (lead != null && answer != null) {
                lead.land(answer);
            } else if (lead != null) {
                lead.unshare();
            }
        }

        private void store(CachedAnswer kept, @Nullable ConversationKey from) {
            try {
                cache.keep(key, kept, from, clock.instant(), limits);
            } catch (StoreUnavailable e) {
                // It is not given again later, then; those who wait get it all the same.
            }
        }

        @Override
        public void failed() {
            giveUpLease();
            if (lead != null) {
                lead.unshare();
            }
        }

        @Override
        public void close() {
            giveUpLease();
            if (lead != null) {
                lead.close();
            }
        }

        /** Before the lead ends: whoever leads here next takes the lease anew. */
        private void giveUpLease() {
            if (lease != null && !released.getAndSet(true)) {
                lease.close();
            }
        }
    }
}
