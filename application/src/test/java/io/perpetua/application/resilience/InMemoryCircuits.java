package io.perpetua.application.resilience;

import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fake kept honest by {@link CircuitsContract}: the rules, told plainly, with the default numbers. It never forgets. */
public final class InMemoryCircuits implements Circuits {

    private static final int WINDOW = 20;
    private static final int NEEDED = 10;
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final Duration UNSAID = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration KEY = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final Map<Rung, Standing> rungs = new HashMap<>();
    private final Map<String, Refusal> refusals = new HashMap<>();

    public InMemoryCircuits(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized @Nullable Leave ask(Rung rung) {
        var refusal = refusals.get(rung.provider());
        var standing = rungs.computeIfAbsent(rung, any -> new Standing());
        if (condition(rung).rest().isPositive() || standing.probing || (refusal != null && refusal.probing)) {
            return null;
        }
        if (refusal != null) {
            refusal.probing = true;
        }
        standing.probing = standing.tripped;
        return new Given(standing, refusal, rung.provider());
    }

    @Override
    public synchronized Condition condition(Rung rung) {
        var refusal = refusals.get(rung.provider());
        var standing = rungs.getOrDefault(rung, new Standing());
        var key = refusal == null ? Duration.ZERO : rest(refusal.until);
        var cool = rest(standing.coolUntil);
        var open = rest(standing.openUntil);
        if (key.isPositive() && key.compareTo(cool) >= 0 && key.compareTo(open) >= 0) {
            return new Condition(State.KEY_REFUSED, key);
        }
        if (cool.isPositive() && cool.compareTo(open) >= 0) {
            return new Condition(State.COOLING_DOWN, cool);
        }
        if (open.isPositive()) {
            return new Condition(State.OPEN, open);
        }
        return new Condition(standing.tripped || refusal != null ? State.HALF_OPEN : State.CLOSED, Duration.ZERO);
    }

    private Duration rest(Instant until) {
        var now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    private static final class Refusal {

        private final Instant until;
        private boolean probing;

        private Refusal(Instant until) {
            this.until = until;
        }
    }

    private static final class Standing {

        private final Deque<Boolean> latestFailed = new ArrayDeque<>();
        private Instant coolUntil = Instant.MIN;
        private Instant openUntil = Instant.MIN;
        private boolean tripped;
        private boolean probing;
        /** How often it has opened and closed: what was asked before says nothing about now. */
        private int changes;

        private void count(boolean failed, Instant now) {
            latestFailed.add(failed);
            if (latestFailed.size() > WINDOW) {
                latestFailed.remove();
            }
            long failures = latestFailed.stream().filter(each -> each).count();
            if (tripped ? failed : latestFailed.size() >= NEEDED && failures * 2 >= latestFailed.size()) {
                turn(true, now.plus(OPEN));
            } else if (tripped) {
                turn(false, Instant.MIN);
            }
        }

        private void turn(boolean tripped, Instant openUntil) {
            this.tripped = tripped;
            this.openUntil = openUntil;
            probing = false;
            latestFailed.clear();
            changes++;
        }
    }

    private final class Given implements Leave {

        private final Standing standing;
        private final @Nullable Refusal refusal;
        private final String provider;
        private int changes;
        private boolean answered;
        private boolean over;

        private Given(Standing standing, @Nullable Refusal refusal, String provider) {
            this.standing = standing;
            this.refusal = refusal;
            this.provider = provider;
            changes = standing.changes;
        }

        @Override
        public void answered() {
            synchronized (InMemoryCircuits.this) {
                if (!over && !answered) {
                    answered = true;
                    count(false);
                    if (refusal != null) {
                        refusals.remove(provider, refusal);
                    }
                }
            }
        }

        private void cool(Duration wait) {
            var until = clock.instant().plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
            standing.coolUntil = until.isAfter(standing.coolUntil) ? until : standing.coolUntil;
        }

        @Override
        public void failed(ProviderFailure failure) {
            synchronized (InMemoryCircuits.this) {
                if (over) {
                    return;
                }
                switch (failure.kind()) {
                    case UNAVAILABLE -> {
                        count(true);
                        if (failure.retryAfter() != null) {
                            cool(failure.retryAfter());
                        }
                    }
                    case TIMEOUT, MALFORMED, TRUNCATED -> count(true);
                    case RATE_LIMITED -> cool(Objects.requireNonNullElse(failure.retryAfter(), UNSAID));
                    case REFUSED_KEY ->
                        refusals.put(provider, new Refusal(clock.instant().plus(KEY)));
                    case BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL, CONTEXT_TOO_LONG -> {}
                }
                end();
            }
        }

        @Override
        public void forgone() {
            synchronized (InMemoryCircuits.this) {
                if (!over) {
                    end();
                }
            }
        }

        private void count(boolean failed) {
            if (changes == standing.changes) {
                standing.count(failed, clock.instant());
                changes = failed ? changes : standing.changes;
            }
        }

        private void end() {
            over = true;
            if (!answered) {
                standing.probing &= changes != standing.changes;
                if (refusal != null) {
                    refusal.probing = false;
                }
            }
        }
    }
}
