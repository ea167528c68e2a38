package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.tracing.Tracing;
import jakarta.inject.Singleton;

/** Who follows requests and turns. */
@Factory
final class Following {

    @Singleton
    Tracing tracing(Traces traces) {
        return traces.tracing();
    }

    @Singleton
    EndedTurn.Listener turns(Traces traces) {
        return traces.turns();
    }
}
