package io.perpetua.application.resilience;

import java.time.InstantSource;

class InMemoryRestHintsTest extends RestHintsContract {

    private final InMemoryRestHints hints = new InMemoryRestHints(InstantSource.system());

    @Override
    protected RestHints hints() {
        return hints;
    }
}
