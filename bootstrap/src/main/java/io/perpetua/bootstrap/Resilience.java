package io.perpetua.bootstrap;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.bind.annotation.Bindable;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.adapters.llm.resilience.CircuitSettings;
import io.perpetua.adapters.llm.resilience.ResilientCircuits;
import io.perpetua.application.resilience.Circuits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** How long providers are waited for, and when they are left alone, as configured. */
@Factory
final class Resilience {

    @Singleton
    Circuits circuits(CircuitSection config, InstantSource clock) {
        var settings = Policies.section(
                "perpetua.circuits",
                () -> new CircuitSettings(
                        config.getWindow(),
                        config.getMinimumCalls(),
                        config.getFailureRate(),
                        config.getOpen(),
                        config.getKeyRefused(),
                        config.getCoolDown()));
        return new ResilientCircuits(settings, clock);
    }

    @Singleton
    Timeouts timeouts(TimeoutSection config) {
        return Policies.section(
                "perpetua.timeouts",
                () -> new Timeouts(
                        config.getConnect(), config.getFirstToken(), config.getBetweenTokens(), config.getTotal()));
    }

    /** The section {@code perpetua.circuits}. */
    @ConfigurationProperties("perpetua.circuits")
    interface CircuitSection {

        @Bindable(defaultValue = "20")
        int getWindow();

        @Bindable(defaultValue = "10")
        int getMinimumCalls();

        @Bindable(defaultValue = "0.5")
        double getFailureRate();

        @Bindable(defaultValue = "30s")
        Duration getOpen();

        @Bindable(defaultValue = "30m")
        Duration getKeyRefused();

        @Bindable(defaultValue = "10s")
        Duration getCoolDown();
    }

    /** The section {@code perpetua.timeouts}. */
    @ConfigurationProperties("perpetua.timeouts")
    interface TimeoutSection {

        @Bindable(defaultValue = "10s")
        Duration getConnect();

        @Bindable(defaultValue = "60s")
        Duration getFirstToken();

        @Bindable(defaultValue = "30s")
        Duration getBetweenTokens();

        @Bindable(defaultValue = "600s")
        Duration getTotal();
    }
}
