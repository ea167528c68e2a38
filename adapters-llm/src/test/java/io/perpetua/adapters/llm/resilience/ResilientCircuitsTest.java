package io.perpetua.adapters.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.Leave;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.CircuitsContract;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResilientCircuitsTest extends CircuitsContract {

    private static final Rung RUNG = Rung.of("one/large");

    private final ResilientCircuits circuits = new ResilientCircuits(defaults(), InstantSource.system());

    @Override
    protected Circuits circuits(InstantSource clock) {
        return new ResilientCircuits(defaults(), clock);
    }

    static CircuitSettings defaults() {
        return settings(20, 10, 0.5, 30, 1_800, 10);
    }

    private static CircuitSettings settings(
            int window, int minimumCalls, double failureRate, long open, long keyRefused, long coolDown) {
        return new CircuitSettings(
                window,
                minimumCalls,
                failureRate,
                Duration.ofSeconds(open),
                Duration.ofSeconds(keyRefused),
                Duration.ofSeconds(coolDown));
    }

    @Test
    void ask_nearlyAThousandOthersSince_remembersAHealthyRung() {
        fail(9);
        askOthers(ResilientCircuits.MOST_RUNGS - 1);
        fail(1);
        assertThat(circuits.condition(RUNG).state()).isEqualTo(State.OPEN);
    }

    @Test
    void ask_aThousandOthersSince_forgetsAHealthyRung() {
        fail(9);
        askOthers(ResilientCircuits.MOST_RUNGS);
        fail(1);
        assertThat(circuits.condition(RUNG).state()).isEqualTo(State.CLOSED);
    }

    @Test
    void ask_aThousandOthersMeanwhile_keepsARungThatIsBeingAsked() {
        fail(9);
        var underWay = leave(RUNG);
        askOthers(ResilientCircuits.MOST_RUNGS);
        underWay.failed(failure());
        assertThat(circuits.condition(RUNG).state()).isEqualTo(State.OPEN);
    }

    @Test
    void ask_moreThanAThousandInTrouble_forgetsTheOneAskedFirst() {
        for (int i = 0; i <= ResilientCircuits.MOST_RUNGS; i++) {
            leave(other(i)).failed(new ProviderFailure(Kind.RATE_LIMITED, "other", "scripted", 429, null, null, null));
        }
        assertThat(circuits.condition(other(0)).state()).isEqualTo(State.CLOSED);
        assertThat(circuits.condition(other(1)).state()).isEqualTo(State.COOLING_DOWN);
    }

    @Test
    void settings_decide() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        var strict = new ResilientCircuits(settings(4, 2, 1, 7, 60, 3), () -> noon);
        for (int i = 0; i < 2; i++) {
            Objects.requireNonNull(strict.ask(RUNG)).failed(failure());
        }
        assertThat(strict.condition(RUNG)).isEqualTo(new Circuits.Condition(State.OPEN, Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0, 1, 0.5, 1, 1, 1 | window outside [1, 1000]: 0
            20, 21, 0.5, 1, 1, 1 | minimum_calls outside [1, window]: 21
            20, 0, 0.5, 1, 1, 1 | minimum_calls outside [1, window]: 0
            20, 10, 0, 1, 1, 1 | failure_rate outside (0, 1]: 0.0
            20, 10, NaN, 1, 1, 1 | failure_rate outside (0, 1]: NaN
            20, 10, 0.5, 0, 1, 1 | open must be longer than zero: PT0S
            20, 10, 0.5, 1, -1, 1 | key_refused must be longer than zero: PT-1S
            20, 10, 0.5, 1, 1, 0 | cool_down must be longer than zero: PT0S
            """)
    void settings_mistake_isNamed(String numbers, String sentence) {
        String[] each = numbers.split(", ", -1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(
                        Integer.parseInt(each[0]),
                        Integer.parseInt(each[1]),
                        Double.parseDouble(each[2]),
                        Long.parseLong(each[3]),
                        Long.parseLong(each[4]),
                        Long.parseLong(each[5])))
                .withMessage(sentence);
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(Kind.UNAVAILABLE, "one", "scripted", 500, null, null, null);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            leave(RUNG).failed(failure());
        }
    }

    private void askOthers(int rungs) {
        for (int i = 0; i < rungs; i++) {
            leave(other(i)).forgone();
        }
    }

    private static Rung other(int i) {
        return new Rung("other", "model-" + i);
    }

    private Leave leave(Rung rung) {
        return Objects.requireNonNull(circuits.ask(rung));
    }
}
