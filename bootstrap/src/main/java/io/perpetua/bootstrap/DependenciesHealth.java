package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.adapters.commands.FileAuditLog;
import io.perpetua.application.Health;
import io.perpetua.application.Health.Probe;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.routing.Offers;
import io.perpetua.application.spool.Spool;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server's health is asked of. Providers are not asked: that would cost money. */
@Factory
final class DependenciesHealth {

    /** Anybody may ask, and each answer costs the store and the embedder something. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Scope NOBODY = new Scope("health", Scope.DEFAULT_NAMESPACE);

    @Singleton
    Health health(
            Outbox outbox,
            TurnIndex index,
            IndexTurns indexTurns,
            @Nullable Embedder embedder,
            Offers offers,
            Reload reload,
            Settings settings,
            FileAuditLog audit,
            @Nullable Spool spool) {
        var probes = new ArrayList<Probe>();
        // While turns can wait, the store is not needed.
        probes.add(new Probe("store", spool == null, () -> outbox.depth() + " entries wait for the index"));
        if (spool != null) {
            probes.add(room(spool));
        }
        probes.add(new Probe("index", false, () -> {
            index.search(NOBODY, List.of(), "", null);
            return settings.get(Keys.INDEX) + ": " + indexTurns.waiting() + " turns wait for their vectors, "
                    + indexTurns.refused() + " are found by words alone, or not at all";
        }));
        if (embedder != null) {
            probes.add(new Probe("embedder", false, () -> {
                embedder.embedQuery("health");
                return null;
            }));
        }
        probes.add(new Probe(
                "providers",
                false,
                () -> offers.now().models().all().stream()
                                .map(each -> each.provider())
                                .distinct()
                                .toList() + " configured"));
        if (settings.find(Keys.WORKSPACE) != null) {
            probes.add(new Probe("audit", false, audit::state));
        }
        probes.add(new Probe("configuration", false, reload::state));
        return new Health(probes, System::nanoTime, FRESH);
    }

    /** Whether turns can wait for the store. */
    static Probe room(Spool spool) {
        return new Probe("spool", true, () -> {
            var level = spool.level();
            String waiting = level.appends() + " appends wait for the store, " + level.bytes() + " of " + level.most()
                    + " bytes are taken";
            if (level.full()) {
                throw new IllegalStateException(waiting);
            }
            return waiting;
        });
    }
}
