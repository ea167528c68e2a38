package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.resilience.CircuitSettings;
import io.perpetua.adapters.llm.resilience.ResilientCircuits;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.RestHints;
import io.perpetua.application.resilience.SharedCircuits;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** How long providers are waited for, and when they are left alone, as configured. */
@Factory
final class Resilience {

    @Singleton
    static CircuitSettings circuitSettings(Settings settings) {
        return new CircuitSettings(
                settings.get(Keys.CIRCUIT_WINDOW),
                settings.get(Keys.CIRCUIT_MINIMUM),
                settings.get(Keys.CIRCUIT_RATE),
                settings.get(Keys.CIRCUIT_OPEN),
                settings.get(Keys.KEY_REFUSED),
                settings.get(Keys.COOL_DOWN));
    }

    @Singleton
    @Requires(missingBeans = RestHints.class)
    Circuits circuits(CircuitSettings settings, InstantSource clock) {
        return new ResilientCircuits(settings, clock);
    }

    @Singleton
    @Requires(beans = RestHints.class)
    SharedCircuits sharedCircuits(CircuitSettings settings, RestHints hints, Ids ids, InstantSource clock) {
        return new SharedCircuits(new ResilientCircuits(settings, clock), hints, ids.get(), clock);
    }

    @Singleton
    static Timeouts timeouts(Settings settings) {
        return new Timeouts(
                settings.get(Keys.CONNECT),
                settings.get(Keys.FIRST_TOKEN),
                settings.get(Keys.BETWEEN_TOKENS),
                settings.get(Keys.TOTAL));
    }
}
