package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.Retries;
import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration file says about waiting, trying again and leaving alone. */
class ResilienceTest {

    private static final Rung RUNG = Rung.of("one/large");

    private final Path folder;

    ResilienceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private ApplicationContext start(String lines) throws IOException {
        var file = Files.writeString(
                folder.resolve("perpetua.yml"), """
                perpetua:
                  data: %s
                  port: -1
                  embedder: none
                %s""".formatted(folder.resolve("data"), lines.indent(2)));
        return Contexts.start(file, Map.of());
    }

    @Test
    void file_saysNothing_defaultsHold() throws IOException {
        try (var context = start("")) {
            assertThat(context.getBean(Timeouts.class)).isEqualTo(Timeouts.DEFAULT);
            assertThat(conditionAfter(9, context).state()).isEqualTo(State.CLOSED);
            assertThat(conditionAfter(1, context).state()).isEqualTo(State.OPEN);
        }
    }

    @Test
    void file_changesEachNumber() throws IOException {
        try (var context = start("""
                timeouts: {connect: 1s, first_token: 2s, between_tokens: 300ms, total: 4m}
                circuits: {window: 4, minimum_calls: 2, failure_rate: 1, open: 1h, key_refused: 1s, cool_down: 1s}
                retries: {attempts: 1, delay: 1ms, within: 5s}
                """)) {
            assertThat(context.getBean(Timeouts.class))
                    .isEqualTo(new Timeouts(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofMillis(300),
                            Duration.ofMinutes(4)));
            assertThat(conditionAfter(2, context).rest()).isGreaterThan(Duration.ofMinutes(30));
            assertThat(attempts(context)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeouts: {connect: 0s} | perpetua.timeouts.connect: expected a duration such as 30s, longer than zero, found '0s'
            timeouts: {total: soon} | perpetua.timeouts.total: expected a duration such as 30s, longer than zero, found 'soon'
            timeouts: {first: 1s} | no configuration key perpetua.timeouts.first; did you mean perpetua.timeouts.first_token?
            circuits: {window: few} | perpetua.circuits.window: expected a whole number of calls from 1 to 1000, found 'few'
            circuits: {failure_rate: half} | perpetua.circuits.failure_rate: expected a number above 0 to 1, found 'half'
            circuits: {failure_rate: 50} | perpetua.circuits.failure_rate: expected a number above 0 to 1, found '50'
            circuits: {minimum_calls: 30} | perpetua.circuits: minimum_calls outside [1, window]: 30
            circuits: {open: long} | perpetua.circuits.open: expected a duration such as 30s, longer than zero, found 'long'
            retries: {attempts: twice} | perpetua.retries.attempts: expected a whole number of attempts from 0, found 'twice'
            retries: {delay: -1s} | perpetua.retries.delay: expected a duration such as 30s, longer than zero, found '-1s'
            retries: {within: ages} | perpetua.retries.within: expected a duration such as 30s, or 0s for none, found 'ages'
            """)
    void file_mistake_isExplained(String line, String sentence) {
        assertThatThrownBy(() -> {
                    try (var context = start(line)) {
                        context.getBean(Circuits.class);
                    }
                })
                .satisfies(thrown -> assertThat(innermost(thrown))
                        .isInstanceOf(Complaint.class)
                        .hasMessageContaining(sentence));
    }

    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }

    private static Condition conditionAfter(int failures, ApplicationContext context) {
        var circuits = context.getBean(Circuits.class);
        for (int i = 0; i < failures; i++) {
            Objects.requireNonNull(circuits.ask(RUNG)).failed(failure());
        }
        return circuits.condition(RUNG);
    }

    private static int attempts(ApplicationContext context) {
        var attempts = new AtomicInteger();
        assertThatThrownBy(() -> context.getBean(Retries.class).retry(() -> {
                    attempts.incrementAndGet();
                    throw new MayPass(failure(), Duration.ZERO);
                }))
                .isInstanceOf(MayPass.class);
        return attempts.get();
    }

    private static ProviderFailure failure() {
        return new ProviderFailure(Kind.UNAVAILABLE, "one", "scripted", 503, null, null, null);
    }
}
