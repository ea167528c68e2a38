package io.perpetua.bootstrap;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.core.bind.annotation.Bindable;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.domain.admission.AdmissionPolicy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How many requests are served at once, and how many wait, as configured. */
@Factory
final class Admission {

    /** Where chat requests are let in. */
    @Singleton
    @Primary
    AdmitRequests chats(AdmissionSection config) {
        return new AdmitRequests(
                Policies.section(
                        "perpetua.admission",
                        () -> new AdmissionPolicy(
                                config.getAtOnce(),
                                config.getPerUser(),
                                config.getWaiting(),
                                config.getWaitingPerUser(),
                                config.getPatience(),
                                config.getAgeing())),
                System::nanoTime);
    }

    /** Where the memory's own work is let in, which takes the processor for itself: so only a few, apart from answers. */
    @Singleton
    @Named("memory")
    AdmitRequests memory(AdmissionSection config) {
        return new AdmitRequests(
                Policies.section(
                        "perpetua.admission.memory",
                        () -> new AdmissionPolicy(
                                config.getMemoryAtOnce(),
                                config.getMemoryAtOnce(),
                                config.getMemoryWaiting(),
                                config.getMemoryWaiting(),
                                config.getPatience(),
                                config.getAgeing())),
                System::nanoTime);
    }

    /** The section {@code perpetua.admission}. */
    @ConfigurationProperties("perpetua.admission")
    interface AdmissionSection {

        @Bindable(defaultValue = "50")
        int getAtOnce();

        @Bindable(defaultValue = "3")
        int getPerUser();

        @Bindable(defaultValue = "1000")
        int getWaiting();

        @Bindable(defaultValue = "250")
        int getWaitingPerUser();

        @Bindable(defaultValue = "30s")
        Duration getPatience();

        @Bindable(defaultValue = "5s")
        Duration getAgeing();

        @Bindable(defaultValue = "8")
        int getMemoryAtOnce();

        @Bindable(defaultValue = "200")
        int getMemoryWaiting();
    }
}
