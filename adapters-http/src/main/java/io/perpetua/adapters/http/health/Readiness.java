package io.perpetua.adapters.http.health;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerShutdownEvent;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the server is to be sent requests, as far as that is up to itself. Safe for concurrent use.
 *
 * <p>A server that stops closes its listener at once; who balances load only sees it coming when {@link #stopping} is
 * called some time before.
 */
@Singleton
public final class Readiness {

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    /** What the server is about. */
    public enum Phase {
        STARTING,
        SERVING,
        STOPPING;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Phase phase() {
        return phase.get();
    }

    /** Announces the end; there is no way back. */
    public void stopping() {
        phase.set(Phase.STOPPING);
    }

    @EventListener
    void started(ServerStartupEvent event) {
        phase.compareAndSet(Phase.STARTING, Phase.SERVING);
    }

    @EventListener
    void stopped(ServerShutdownEvent event) {
        stopping();
    }
}
