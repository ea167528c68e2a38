package io.perpetua.adapters.llm.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * One rung's breaker and its rests. The breaker keeps the window of the latest calls and the one place of a probe; until
 * when it is open is kept here, since it does not tell. Not safe for concurrent use.
 *
 * <p>Each change of the breaker's state begins a new era. What a call of an earlier era comes to says nothing about now:
 * a late success is no probe that succeeded.
 */
final class RungCircuit {

    private final CircuitBreaker breaker;
    private final Duration open;
    private Instant openUntil = Instant.MIN;
    private Instant coolUntil = Instant.MIN;
    private CircuitBreaker.State seen = CircuitBreaker.State.CLOSED;
    private int era;
    private int underWay;

    RungCircuit(String name, CircuitBreakerConfig config, Duration open) {
        breaker = CircuitBreaker.of(name, config);
        this.open = open;
    }

    /** Whether a call begins now, which is then to be settled. */
    boolean enter(Instant now) {
        if (now.isBefore(openUntil) || now.isBefore(coolUntil)) {
            return false;
        }
        if (breaker.getState() == CircuitBreaker.State.OPEN) {
            breaker.transitionToHalfOpenState();
            eraAfterwards(now);
        }
        boolean entered = breaker.tryAcquirePermission();
        underWay += entered ? 1 : 0;
        return entered;
    }

    int era() {
        return era;
    }

    /** A call of {@code ofEra} is being answered. Returns the era that it is of from now on: a probe's begins the next. */
    int answered(int ofEra, Instant now) {
        underWay--;
        if (ofEra != era) {
            return ofEra;
        }
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        return eraAfterwards(now);
    }

    /** A call of {@code ofEra} failed by the provider's fault. */
    void failed(int ofEra, ProviderFailure failure, Instant now) {
        if (ofEra == era) {
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
            eraAfterwards(now);
        }
    }

    /** A call of {@code ofEra} came to nothing that counts; another may take its place. */
    void released(int ofEra) {
        if (ofEra == era) {
            breaker.releasePermission();
        }
    }

    /** A call that was never answered is over. */
    void ended() {
        underWay--;
    }

    /** It opens by a success, too: the one with which there are enough calls to go by, most of which have failed. */
    private int eraAfterwards(Instant now) {
        if (breaker.getState() != seen) {
            seen = breaker.getState();
            era++;
            openUntil = seen == CircuitBreaker.State.OPEN ? now.plus(open) : Instant.MIN;
        }
        return era;
    }

    void coolDown(Instant until) {
        coolUntil = until.isAfter(coolUntil) ? until : coolUntil;
    }

    Condition condition(Instant now) {
        var cool = rest(coolUntil, now);
        var closing = rest(openUntil, now);
        if (cool.isPositive() && cool.compareTo(closing) >= 0) {
            return new Condition(State.COOLING_DOWN, cool);
        }
        if (closing.isPositive()) {
            return new Condition(State.OPEN, closing);
        }
        boolean closed = breaker.getState() == CircuitBreaker.State.CLOSED;
        return new Condition(closed ? State.CLOSED : State.HALF_OPEN, Duration.ZERO);
    }

    /** Whether nothing would be lost but a few successes and failures if it were forgotten. */
    boolean isHealthyAndIdle(Instant now) {
        return underWay == 0 && condition(now).state() == State.CLOSED;
    }

    static Duration rest(Instant until, Instant now) {
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }
}
