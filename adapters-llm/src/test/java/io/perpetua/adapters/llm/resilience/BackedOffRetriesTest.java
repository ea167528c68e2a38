package io.perpetua.adapters.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.retry.event.RetryEvent;
import io.perpetua.application.resilience.Retries;
import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.resilience.RetriesContract;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackedOffRetriesTest extends RetriesContract {

    private final ApplicationContext context = context("1ms", 3);
    private final List<MayPass> failures = new ArrayList<>();

    private static ApplicationContext context(String delay, int attempts) {
        return ApplicationContext.run(
                Map.<String, Object>of("perpetua.retries.delay", delay, "perpetua.retries.attempts", attempts));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Override
    protected Retries retries() {
        return context.getBean(Retries.class);
    }

    @Test
    void retry_configuredNot_triesOnce() {
        try (var once = context("1ms", 0)) {
            assertThatThrownBy(() -> fail(once.getBean(Retries.class))).isInstanceOf(MayPass.class);
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void retry_pauses_doubleWithJitter() {
        try (var slower = context("8ms", 3)) {
            assertThatThrownBy(() -> fail(slower.getBean(Retries.class))).isInstanceOf(MayPass.class);
            var paused = slower.getBean(Pauses.class).overall;
            assertThat(paused).hasSize(3);
            assertThat(paused.get(0)).isBetween(4L, 12L);
            assertThat(paused.get(1) - paused.get(0)).isBetween(8L, 24L);
            assertThat(paused.get(2) - paused.get(1)).isBetween(16L, 48L);
        }
    }

    @Test
    void retry_interruptedInAPause_isCancelledAndStaysInterrupted() {
        try (var patient = context("1h", 3)) {
            var retries = patient.getBean(Retries.class);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> retries.retry(() -> {
                        Thread.currentThread().interrupt();
                        throw failure();
                    }))
                    .withCauseInstanceOf(MayPass.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(failures).hasSize(1);
    }

    @Test
    void retry_attemptsThatTakeTooLong_areTheLast() {
        var nanos = new AtomicLong();
        var retries = within30Seconds(nanos::get);
        assertThatThrownBy(() -> retries.retry(() -> {
                    nanos.addAndGet(Duration.ofSeconds(20).toNanos());
                    throw failure();
                }))
                .isInstanceOf(MayPass.class)
                .satisfies(thrown -> assertThat(thrown).isSameAs(failures.get(1)));
        assertThat(failures).as("begun after 0 s and 20 s, not after 40 s").hasSize(2);
    }

    @Test
    void retry_pauseThatTakesTooLong_isNotFollowedByAnAttempt() {
        var nanos = new AtomicLong();
        var retries =
                within30Seconds(() -> nanos.getAndAdd(Duration.ofSeconds(20).toNanos()));
        assertThatThrownBy(() -> fail(retries))
                .satisfies(thrown -> assertThat(thrown).isSameAs(failures.getFirst()));
        assertThat(failures).as("20 s for the attempt, 20 s for the pause").hasSize(1);
    }

    @Test
    void retry_failureAsksForARest_waitsForWhatThePauseLeavesOfIt() {
        var nanos = new AtomicLong();
        var rested = new ArrayList<Duration>();
        var retries = within30Seconds(nanos::get, left -> {
            rested.add(Duration.ofNanos(left));
            nanos.addAndGet(left);
        });
        assertThatThrownBy(() -> retries.retry(() -> {
                    throw failure(Duration.ofSeconds(7));
                }))
                .isInstanceOf(MayPass.class);
        assertThat(rested).containsOnly(Duration.ofSeconds(7)).hasSize(3);
    }

    @Test
    void retry_restBeyondTheTime_isNotWaitedFor() {
        var retries = within30Seconds(() -> 0, left -> {
            throw new AssertionError("waits " + left);
        });
        assertThatThrownBy(() -> retries.retry(() -> {
                    throw failure(Duration.ofSeconds(31));
                }))
                .isInstanceOf(MayPass.class);
        assertThat(failures).hasSize(1);
    }

    @Test
    void retry_interruptedInARest_isCancelledAndStaysInterrupted() {
        var retries = within30Seconds(() -> 0, left -> {
            throw new InterruptedException();
        });
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> retries.retry(() -> {
                    throw failure(Duration.ofSeconds(7));
                }));
        assertThat(Thread.interrupted()).isTrue();
    }

    private Retries within30Seconds(LongSupplier nanos) {
        return within30Seconds(nanos, left -> {
            throw new AssertionError("waits " + left);
        });
    }

    private Retries within30Seconds(LongSupplier nanos, BackedOffRetries.Pause pause) {
        return new BackedOffRetries(context.getBean(RetryAttempts.class), Duration.ofSeconds(30), nanos, pause);
    }

    private String fail(Retries retries) {
        return retries.retry(() -> {
            throw failure();
        });
    }

    private MayPass failure() {
        return failure(Duration.ZERO);
    }

    private MayPass failure(Duration rest) {
        failures.add(
                new MayPass(new ProviderFailure(Kind.UNAVAILABLE, "one", "scripted", 503, null, null, null), rest));
        return failures.getLast();
    }

    /** How long the pauses were up to each retry, in milliseconds. */
    @Singleton
    static class Pauses implements ApplicationEventListener<RetryEvent> {

        private final List<Long> overall = new CopyOnWriteArrayList<>();

        @Override
        public void onApplicationEvent(RetryEvent event) {
            overall.add(event.getRetryState().getOverallDelay().toMillis());
        }
    }
}
