package io.perpetua.application.resilience;

import java.time.InstantSource;

class InMemoryCircuitsTest extends CircuitsContract {

    @Override
    protected Circuits circuits(InstantSource clock) {
        return new InMemoryCircuits(clock);
    }
}
