package io.perpetua.application.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Leases} owes those who take them. */
public abstract class LeasesContract {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Shared stores need no cleaning. */
    private final String what = "zürich 🚀 " + UUID.randomUUID();

    /** A store; each call may give another instance over the same. */
    protected abstract Leases leases();

    @Test
    void take_free_isTakenAndNobodyElseGetsIt() {
        assertThat(take("a", LONG)).isTrue();
        assertThat(take("b", LONG)).isFalse();
        assertThat(leases().take(what + " other", "b", LONG)).isTrue();
    }

    @Test
    void take_theEndOfALease_freesIt() {
        assertThat(take("a", SHORT)).isTrue();

        await(() -> take("b", LONG));

        assertThat(take("a", LONG)).isFalse();
    }

    @Test
    void take_own_endsByTheNewLength() {
        take("a", LONG);

        assertThat(take("a", SHORT)).isTrue();

        await(() -> take("b", LONG));
    }

    @Test
    void renew_own_endsByTheNewLength() {
        take("a", LONG);

        assertThat(leases().renew(Set.of(what), "a", SHORT)).isEmpty();

        await(() -> take("b", LONG));
    }

    @Test
    void renew_whatIsAnothersOrNobodys_isToldAndNotTaken() {
        take("b", LONG);

        assertThat(leases().renew(Set.of(what, what + " free"), "a", LONG))
                .containsExactlyInAnyOrder(what, what + " free");

        assertThat(take("b", LONG)).isTrue();
        assertThat(leases().take(what + " free", "b", LONG)).isTrue();
    }

    @Test
    void renew_several_renewsThoseItHas() {
        take("a", LONG);
        leases().take(what + " other", "b", LONG);

        assertThat(leases().renew(Set.of(what, what + " other"), "a", LONG)).containsExactly(what + " other");
    }

    @Test
    void renew_nothing_isNothing() {
        assertThat(leases().renew(Set.of(), "a", LONG)).isEmpty();
    }

    @Test
    void release_own_freesIt() {
        take("a", LONG);

        leases().release(what, "a");

        await(() -> take("b", LONG));
    }

    @Test
    void release_anothers_changesNothing() {
        take("a", LONG);

        leases().release(what, "b");

        assertThat(take("b", LONG)).isFalse();
    }

    @Test
    void take_byManyAtOnce_oneGetsIt() {
        var taken = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 32)
                    .forEach(i -> executor.execute(() -> {
                        if (take("holder " + i, LONG)) {
                            taken.incrementAndGet();
                        }
                    }));
        }

        assertThat(taken).hasValue(1);
    }

    private boolean take(String holder, Duration length) {
        return leases().take(what, holder, length);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
