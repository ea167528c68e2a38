package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.routing.Rung;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.stream.Stream;

/** How the circuits of all models on offer stand: of every state, 1 where it is the one. */
@Singleton
final class MeteredCircuits implements Scraped {

    private final Offers offers;
    private final Circuits circuits;
    private final MultiGauge states;

    MeteredCircuits(Meters meters, Offers offers, Circuits circuits) {
        this.offers = offers;
        this.circuits = circuits;
        states = MultiGauge.builder("circuit.breaker.state")
                .description("1 for the state in which a model's circuit is, 0 for the others")
                .register(meters.registry());
    }

    /** What is on offer may have changed since. */
    @Override
    public void refresh() {
        states.register(offers.now().rungs().stream().flatMap(this::rows).toList(), true);
    }

    private Stream<Row<?>> rows(Rung rung) {
        State now = circuits.condition(rung).state();
        return Arrays.stream(State.values())
                .map(state -> Row.of(
                        Tags.of("provider", rung.provider(), "model", rung.model(), "state", state.wire()),
                        state == now ? 1 : 0));
    }
}
