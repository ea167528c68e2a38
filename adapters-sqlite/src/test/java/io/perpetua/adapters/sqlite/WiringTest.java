package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Spending;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.lease.Leases;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.application.vision.Documents;
import io.perpetua.application.vision.IndexJobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {

    private static final List<Class<?>> PORTS = List.of(
            Conversations.class,
            Outbox.class,
            Anchors.class,
            Briefs.class,
            StandingStore.class,
            AnswerCache.class,
            ApiKeys.class,
            Quotas.class,
            Spending.class,
            Archive.class,
            Tallies.class,
            Leases.class,
            Documents.class,
            IndexJobs.class);

    @Test
    void context_storeNotChosen_isThisOneInTheDataDirectory(@TempDir Path directory) {
        Map<String, Object> properties =
                Map.of("perpetua.data", directory.resolve("data").toString());
        try (var context = ApplicationContext.run(properties)) {
            assertThat(PORTS).allMatch(context::containsBean);
            assertThat(context.getBean(Outbox.class).depth()).isZero();
        }

        assertThat(directory.resolve("data/perpetua.db")).exists();
        new Database(directory.resolve("data")).close();
    }

    @Test
    void context_otherStoreChosen_hasNothingOfThis() {
        try (var context = ApplicationContext.run(Map.<String, Object>of("perpetua.store", "redis"))) {
            assertThat(PORTS).noneMatch(context::containsBean);
        }
    }

    @Test
    void settings_noneGiven_pointIntoTheWorkingDirectory() {
        try (var context = ApplicationContext.run(Map.<String, Object>of("perpetua.store", "redis"))) {
            assertThat(context.getBean(SqliteSettings.class)).isEqualTo(new SqliteSettings(Path.of(".perpetua")));
        }
    }
}
