package io.perpetua.adapters.llm.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@link Circuits} on resilience4j's breakers, one for each rung, beside which stand what resilience4j has no word for:
 * rests that a provider asked for, and keys that concern all of a provider's rungs. One lock for all of it, which is held
 * for microseconds and never while anybody is asked. Of the {@value #MOST_RUNGS} rungs asked last the state is kept: what
 * they are called may be up to the clients.
 */
public final class ResilientCircuits implements Circuits {

    static final int MOST_RUNGS = 1_000;

    /** A provider that asks for more is asked anyway, once a day. */
    private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(1);

    private static final int PERCENT = 100;

    private final CircuitSettings settings;
    private final CircuitBreakerConfig breakers;
    private final InstantSource clock;
    /** The one asked last comes last. */
    private final LinkedHashMap<Rung, RungCircuit> circuits = new LinkedHashMap<>();

    private final Map<String, KeyRefusal> refusals = new HashMap<>();

    public ResilientCircuits(CircuitSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        breakers = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .failureRateThreshold((float) (settings.failureRate() * PERCENT))
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(settings.open())
                .clock(clock.withZone(ZoneOffset.UTC))
                .build();
    }

    @Override
    public synchronized @Nullable Leave ask(Rung rung) {
        var now = clock.instant();
        var refusal = refusals.get(rung.provider());
        if (refusal != null && !refusal.mayBeTried(now)) {
            return null;
        }
        var circuit = circuit(rung, now);
        if (!circuit.enter(now)) {
            return null;
        }
        if (refusal != null) {
            refusal.tried(true);
        }
        return new RungLeave(rung.provider(), circuit, refusal);
    }

    private RungCircuit circuit(Rung rung, Instant now) {
        var known = circuits.get(rung);
        if (known == null && circuits.size() == MOST_RUNGS) {
            circuits.remove(leastMissed(now));
        }
        var circuit = known == null ? new RungCircuit(rung.id(), breakers, settings.open()) : known;
        circuits.putLast(rung, circuit);
        return circuit;
    }

    private Rung leastMissed(Instant now) {
        return circuits.entrySet().stream()
                .filter(each -> each.getValue().isHealthyAndIdle(now))
                .findFirst()
                .orElseGet(circuits::firstEntry)
                .getKey();
    }

    @Override
    public synchronized Condition condition(Rung rung) {
        var now = clock.instant();
        var circuit = circuits.get(rung);
        var alone = circuit == null ? new Condition(State.CLOSED, Duration.ZERO) : circuit.condition(now);
        var refusal = refusals.get(rung.provider());
        if (refusal == null || alone.rest().compareTo(refusal.rest(now)) > 0) {
            return alone;
        }
        var rest = refusal.rest(now);
        return new Condition(rest.isPositive() ? State.KEY_REFUSED : State.HALF_OPEN, rest);
    }

    /** A call's leave; where it tries a refused key, {@code trial} is that refusal. */
    private final class RungLeave implements Leave {

        private final String provider;
        private final RungCircuit circuit;
        private final @Nullable KeyRefusal trial;
        private int era;
        private boolean answered;
        private boolean over;

        private RungLeave(String provider, RungCircuit circuit, @Nullable KeyRefusal trial) {
            this.provider = provider;
            this.circuit = circuit;
            this.trial = trial;
            era = circuit.era();
        }

        @Override
        public void answered() {
            synchronized (ResilientCircuits.this) {
                if (!answered && !over) {
                    answered = true;
                    era = circuit.answered(era, clock.instant());
                    if (trial != null) {
                        refusals.remove(provider, trial);
                    }
                }
            }
        }

        @Override
        public void failed(ProviderFailure failure) {
            synchronized (ResilientCircuits.this) {
                if (!over) {
                    count(failure, clock.instant());
                    end();
                }
            }
        }

        private void count(ProviderFailure failure, Instant now) {
            switch (failure.kind()) {
                case UNAVAILABLE -> {
                    circuit.failed(era, failure, now);
                    if (failure.retryAfter() != null) {
                        circuit.coolDown(now.plus(coolDown(failure)));
                    }
                }
                case TIMEOUT, MALFORMED, TRUNCATED -> circuit.failed(era, failure, now);
                case RATE_LIMITED -> {
                    circuit.coolDown(now.plus(coolDown(failure)));
                    circuit.released(era);
                }
                case REFUSED_KEY -> {
                    refusals.put(provider, new KeyRefusal(now.plus(settings.keyRefused())));
                    circuit.released(era);
                }
                case BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL, CONTEXT_TOO_LONG -> circuit.released(era);
            }
        }

        private Duration coolDown(ProviderFailure failure) {
            var asked = Objects.requireNonNullElse(failure.retryAfter(), settings.coolDown());
            return asked.compareTo(LONGEST_COOL_DOWN) < 0 ? asked : LONGEST_COOL_DOWN;
        }

        @Override
        public void forgone() {
            synchronized (ResilientCircuits.this) {
                if (!over) {
                    circuit.released(era);
                    end();
                }
            }
        }

        private void end() {
            over = true;
            if (!answered) {
                circuit.ended();
                if (trial != null) {
                    trial.tried(false);
                }
            }
        }
    }
}
