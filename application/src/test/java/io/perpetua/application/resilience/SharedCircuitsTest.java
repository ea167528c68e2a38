package io.perpetua.application.resilience;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedCircuitsTest extends CircuitsContract {

    private static final Rung RUNG = Rung.of("one/large");
    private static final Rung SIBLING = Rung.of("one/small");
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final Duration KEY = Duration.ofMinutes(30);
    private static final Condition CLOSED = new Condition(State.CLOSED, Duration.ZERO);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InMemoryRestHints hints = new InMemoryRestHints(() -> now);
    private final SharedCircuits first = instance("first", () -> now);
    private final SharedCircuits second = instance("second", () -> now);

    @Override
    protected Circuits circuits(InstantSource clock) {
        return instance("alone", clock);
    }

    private SharedCircuits instance(String name, InstantSource clock) {
        return new SharedCircuits(new InMemoryCircuits(clock), hints, name, clock);
    }

    @Test
    void open_elsewhere_restsHereAsLongAndNoLonger() {
        open(first);
        pass(Duration.ofSeconds(1));
        exchange();

        assertThat(second.condition(RUNG)).isEqualTo(new Condition(State.OPEN, OPEN.minusSeconds(1)));
        assertThat(second.ask(RUNG)).isNull();
        assertThat(second.condition(SIBLING)).isEqualTo(CLOSED);
        pass(OPEN.minusSeconds(1).minusNanos(1));
        assertThat(second.ask(RUNG)).isNull();
        pass(Duration.ofNanos(1));
        assertThat(second.condition(RUNG)).isEqualTo(CLOSED);
        assertThat(second.ask(RUNG)).isNotNull();
    }

    @Test
    void coolingDown_elsewhere_restsHere() {
        fail(first, Kind.RATE_LIMITED, Duration.ofSeconds(7));
        exchange();

        assertThat(second.condition(RUNG)).isEqualTo(new Condition(State.COOLING_DOWN, Duration.ofSeconds(7)));
    }

    @Test
    void refusedKey_elsewhere_restsForEveryRungOfTheProvider() {
        fail(first, Kind.REFUSED_KEY, null);
        exchange();

        assertThat(second.condition(SIBLING)).isEqualTo(new Condition(State.KEY_REFUSED, KEY));
        assertThat(second.ask(RUNG)).isNull();
        assertThat(second.condition(Rung.of("other/large"))).isEqualTo(CLOSED);
    }

    @Test
    void failure_thatMakesNothingRest_isNotTold() {
        fail(first, Kind.UNAVAILABLE, null);
        fail(first, Kind.BAD_REQUEST, null);
        first.exchange();

        assertThat(hints.exchange("anyone", List.of())).isEmpty();
    }

    @Test
    void success_elsewhere_closesNothingHere() {
        open(first);
        exchange();
        pass(Duration.ofSeconds(10));
        requireNonNull(instance("third", () -> now).ask(RUNG)).answered();
        exchange();

        assertThat(second.condition(RUNG)).isEqualTo(new Condition(State.OPEN, OPEN.minusSeconds(10)));
    }

    @Test
    void ownRest_thatIsLonger_holds() {
        fail(second, Kind.RATE_LIMITED, OPEN.plusSeconds(5));
        open(first);
        exchange();

        assertThat(second.condition(RUNG)).isEqualTo(new Condition(State.COOLING_DOWN, OPEN.plusSeconds(5)));
        assertThat(first.condition(RUNG)).isEqualTo(new Condition(State.COOLING_DOWN, OPEN.plusSeconds(5)));
    }

    @Test
    void ownHint_thatComesBack_changesNothing() {
        open(first);
        exchange();
        pass(OPEN);

        assertThat(first.condition(RUNG).state()).as("tried again on time").isEqualTo(State.HALF_OPEN);
    }

    @Test
    void storeAway_tellsLaterAndKeepsWhatItKnows() {
        fail(first, Kind.RATE_LIMITED, OPEN);
        exchange();
        hints.away(true);
        fail(second, SIBLING, Kind.RATE_LIMITED, OPEN);
        assertThatThrownBy(second::exchange).isInstanceOf(StoreUnavailable.class);
        assertThat(second.ask(RUNG)).isNull();

        hints.away(false);
        pass(Duration.ofSeconds(10));
        exchange();

        assertThat(first.condition(SIBLING)).isEqualTo(new Condition(State.COOLING_DOWN, OPEN.minusSeconds(10)));
    }

    /** Both of them, twice: whoever comes first hears it as well. */
    private void exchange() {
        for (int i = 0; i < 2; i++) {
            first.exchange();
            second.exchange();
        }
    }

    private static void open(SharedCircuits circuits) {
        for (int i = 0; i < 10; i++) {
            fail(circuits, Kind.UNAVAILABLE, null);
        }
    }

    private static void fail(SharedCircuits circuits, Kind kind, @Nullable Duration retryAfter) {
        fail(circuits, RUNG, kind, retryAfter);
    }

    private static void fail(SharedCircuits circuits, Rung rung, Kind kind, @Nullable Duration retryAfter) {
        requireNonNull(circuits.ask(rung))
                .failed(new ProviderFailure(kind, rung.provider(), "no", 0, retryAfter, null, null));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
