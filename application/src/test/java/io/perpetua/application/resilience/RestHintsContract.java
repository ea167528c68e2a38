package io.perpetua.application.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.RestHints.Hint;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link RestHints} owes those who exchange hints. */
public abstract class RestHintsContract {

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Shared stores need no cleaning. */
    private final String provider = "zürich 🚀 " + UUID.randomUUID();

    /** A store; each call may give another instance over the same. */
    protected abstract RestHints hints();

    @Test
    void exchange_told_isKnownToOthersAndNotToldBack() {
        assertThat(told("b")).isEmpty();

        tell("a", "maker/model:free", State.COOLING_DOWN, LONG);
        tell("a", null, State.KEY_REFUSED, LONG);

        assertThat(told("b")).allSatisfy(hint -> assertThat(hint.rest()).isBetween(LONG.minus(PATIENCE), LONG));
        assertThat(told("b").stream().map(hint -> hint.model() + " " + hint.state()))
                .containsExactlyInAnyOrder("maker/model:free COOLING_DOWN", "null KEY_REFUSED");
        assertThat(told("a")).isEmpty();
    }

    @Test
    void exchange_tellingAgain_returnsWhatOthersHaveTold() {
        tell("a", "one", State.OPEN, LONG);

        var heard = tell("b", "two", State.OPEN, LONG);

        assertThat(heard.stream().map(Hint::model)).containsExactly("one");
    }

    @Test
    void exchange_shorterRest_shortensNothing() {
        tell("a", "one", State.COOLING_DOWN, LONG);
        tell("b", "one", State.OPEN, LONG.dividedBy(2));

        assertThat(told("c")).singleElement().satisfies(hint -> {
            assertThat(hint.state()).isEqualTo(State.COOLING_DOWN);
            assertThat(hint.rest()).isGreaterThan(LONG.dividedBy(2));
        });
    }

    @Test
    void exchange_longerRest_holds() {
        tell("a", "one", State.COOLING_DOWN, LONG.dividedBy(2));
        tell("b", "one", State.OPEN, LONG);

        assertThat(told("c")).singleElement().satisfies(hint -> {
            assertThat(hint.state()).isEqualTo(State.OPEN);
            assertThat(hint.rest()).isGreaterThan(LONG.dividedBy(2));
        });
    }

    @Test
    void exchange_restThatIsOver_isGone() {
        tell("a", "one", State.OPEN, SHORT);

        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!told("b").isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private List<Hint> tell(String teller, @Nullable String model, State state, Duration rest) {
        return own(hints().exchange(teller, List.of(new Hint(provider, model, state, rest))));
    }

    private List<Hint> told(String teller) {
        return own(hints().exchange(teller, List.of()));
    }

    private List<Hint> own(List<Hint> hints) {
        return hints.stream().filter(hint -> hint.provider().equals(provider)).toList();
    }
}
