package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredCircuitsTest {

    private final World world = new World();
    private final Offers offers = new Offers(world.offer(world.provider));
    private final Meters meters = new Meters();
    private final PrometheusText text =
            new PrometheusText(meters, List.of(new MeteredCircuits(meters, offers, world.circuits)));

    @Test
    void text_saysHowEveryCircuitStandsAtThatMoment() {
        assertThat(states()).contains(state("closed") + " 1.0", state("open") + " 0.0");

        world.circuits.rest(new Rung("fake", "small"), State.OPEN, Duration.ofSeconds(10));

        assertThat(states()).contains(state("closed") + " 0.0", state("open") + " 1.0");
        assertThat(states())
                .filteredOn(line -> line.contains("model=\"small\""))
                .hasSize(State.values().length);
    }

    private static String state(String state) {
        return "circuit_breaker_state{model=\"small\",provider=\"fake\",state=\"" + state + "\"}";
    }

    private List<String> states() {
        return text.text()
                .lines()
                .filter(line -> line.startsWith("circuit_breaker_state"))
                .toList();
    }
}
