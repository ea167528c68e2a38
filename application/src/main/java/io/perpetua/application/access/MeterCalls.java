package io.perpetua.application.access;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.LimitReached.Kind;
import io.perpetua.application.access.Quotas.Level;
import io.perpetua.application.access.Quotas.Taking;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * A request is counted when it comes, its tokens and dollars before a provider is asked: at what they may come to at most,
 * which is corrected when it is known what they were. Where the store does not answer, requests and tokens are not
 * counted, for a limit is not worth an outage; but nothing is spent that cannot be reserved, and a store
 * that is full, which a caller may bring about, refuses.
 */
/** Use case: count what callers use, and refuse what they may not. Safe for concurrent use. */
public final class MeterCalls {

    private final Quotas quotas;
    private final Spending spending;
    private final Supplier<Limits> limits;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final LimitListener listener;

    /**
     * Counts by {@code quotas} and {@code spending}.
     *
     * @param limits those that hold now
     * @param ids a new one for each reservation
     */
    public MeterCalls(
            Quotas quotas,
            Spending spending,
            Supplier<Limits> limits,
            Supplier<String> ids,
            InstantSource clock,
            LimitListener listener) {
        this.quotas = quotas;
        this.spending = spending;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Counts a request of the caller's key.
     *
     * @return how its meters stand now; empty where it has no limits
     * @throws LimitReached when it has made as many as it may
     */
    public List<Level> request(Caller caller) {
        return take(Meters.requestsOfKey(caller, limits.get()), 1, Kind.REQUESTS);
    }

    /**
     * Counts a request of an end user.
     *
     * @param user null when the request names none
     */
    public List<Level> request(Caller caller, @Nullable String user) {
        return take(Meters.requestsOfUser(caller, user, limits.get()), 1, Kind.REQUESTS);
    }

    /** How long an answer is at most that the caller's budget pays; null without a budget, when that does not matter. */
    public @Nullable Integer longestAnswer(Caller caller) {
        return caller.access().budget() == null ? null : limits.get().longestAnswer();
    }

    /**
     * Reserves what a call may come to.
     *
     * @param user the end user, null when the request names none
     * @param tokens of prompt and answer, at most
     * @param dollars what they cost at most
     * @return null where nothing has to be counted
     * @throws LimitReached when there is not that much left
     * @throws StoreUnavailable when there is a budget, and nobody to say what is left of it
     */
    public @Nullable Reservation reserve(Caller caller, @Nullable String user, long tokens, double dollars) {
        var meters = Meters.tokens(caller, user, limits.get());
        long taken = Math.max(1, tokens);
        var levels = take(meters, taken, Kind.TOKENS);
        var counted = levels.isEmpty() ? List.<Meter>of() : meters;
        var budget = caller.access().budget();
        if (budget == null) {
            return counted.isEmpty() ? null : new Held(caller.key(), counted, taken, null);
        }
        boolean reserved = false;
        try {
            String id = ids.get();
            var now = clock.instant();
            if (!spending.reserve(id, caller.key(), budget, Budget.nanodollars(dollars), now)) {
                listener.reached(Kind.BUDGET);
                throw spent(budget, now);
            }
            reserved = true;
            listener.allowed(Kind.BUDGET);
            return new Held(caller.key(), counted, taken, id);
        } finally {
            if (!reserved) {
                correct(counted, -taken);
            }
        }
    }

    private static LimitReached spent(Budget budget, Instant now) {
        // A budget that never begins anew may still be raised.
        var retryAfter = budget.period() == Budget.Period.TOTAL
                ? Duration.ofDays(1)
                : Duration.between(now, budget.period().end(now));
        return new LimitReached(
                Kind.BUDGET,
                null,
                retryAfter,
                "what is left of this key's budget of " + budget + " does not pay for this request");
    }

    private List<Level> take(List<Meter> meters, long amount, Kind kind) {
        if (meters.isEmpty()) {
            return List.of();
        }
        try {
            return switch (quotas.take(meters, amount, clock.instant())) {
                case Taking.Taken(var levels) -> {
                    listener.allowed(kind);
                    yield levels;
                }
                case Taking.Refused(var by, var retryAfter) -> {
                    listener.reached(kind);
                    throw reached(kind, amount, by, retryAfter);
                }
            };
        } catch (StoreUnavailable e) {
            if (e.full()) { // who fills the disk is not to be rid of its limits by that
                throw e;
            }
            return List.of();
        }
    }

    private static RuntimeException reached(Kind kind, long amount, Level by, Duration retryAfter) {
        if (amount > by.meter().most()) {
            return new RequestRefused(
                    Reason.INVALID,
                    "request_exceeds_limit",
                    null,
                    "this request may need " + amount + " tokens, and the limit is "
                            + by.meter().most()
                            + " at a time: shorten it, or bound the answer by max_completion_tokens");
        }
        String what = kind == Kind.TOKENS ? "tokens" : "requests";
        String window = by.meter().window() == Meter.Window.MINUTE ? "a minute" : "a day";
        return new LimitReached(
                kind,
                by,
                retryAfter,
                "the limit is " + by.meter().most() + " " + what + " in " + window + ", of which "
                        + Math.max(0, by.left()) + " are left"
                        + (kind == Kind.TOKENS ? "; this request may need " + amount : ""));
    }

    private void correct(List<Meter> meters, long amount) {
        if (meters.isEmpty() || amount == 0) {
            return;
        }
        try {
            quotas.correct(meters, amount, clock.instant());
        } catch (StoreUnavailable e) {
            // What was reserved stays counted, which is on the safe side.
        }
    }

    private final class Held implements Reservation {

        private final String account;
        private final List<Meter> meters;
        private final long tokens;
        private final @Nullable String id;
        private boolean settled;

        Held(String account, List<Meter> meters, long tokens, @Nullable String id) {
            this.account = account;
            this.meters = meters;
            this.tokens = tokens;
            this.id = id;
        }

        @Override
        public void settle(long used, double dollars) {
            synchronized (this) {
                if (settled) {
                    return;
                }
                settled = true;
            }
            correct(meters, used - tokens);
            if (id != null) {
                try {
                    spending.settle(id, account, Budget.nanodollars(dollars));
                } catch (StoreUnavailable e) {
                    // What was reserved counts as spent, which is on the safe side.
                }
            }
        }
    }
}
