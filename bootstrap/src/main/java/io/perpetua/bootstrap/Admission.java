package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.perpetua.application.admission.AdmissionListener;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.admission.AdmissionPolicy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** How many requests are served at once, and how many wait, as configured. */
@Factory
final class Admission {

    /** Where chat requests are let in. */
    @Singleton
    @Primary
    AdmitRequests chats(Settings settings, @Named("chats") AdmissionListener listener) {
        return new AdmitRequests(
                new AdmissionPolicy(
                        settings.get(Keys.AT_ONCE),
                        settings.get(Keys.PER_USER),
                        settings.get(Keys.WAITING),
                        settings.get(Keys.WAITING_PER_USER),
                        settings.get(Keys.TENANT_SHARE),
                        settings.get(Keys.PATIENCE),
                        settings.get(Keys.AGEING)),
                System::nanoTime,
                listener);
    }

    /** Where the memory's own work is let in, which takes the processor for itself: so only a few, apart from answers. */
    @Singleton
    @Named("memory")
    AdmitRequests memory(Settings settings, @Named("memory") AdmissionListener listener) {
        int atOnce = settings.get(Keys.MEMORY_AT_ONCE);
        int waiting = settings.get(Keys.MEMORY_WAITING);
        return new AdmitRequests(
                new AdmissionPolicy(
                        atOnce,
                        atOnce,
                        waiting,
                        waiting,
                        settings.get(Keys.TENANT_SHARE),
                        settings.get(Keys.PATIENCE),
                        settings.get(Keys.AGEING)),
                System::nanoTime,
                listener);
    }
}
