package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.application.journal.JournalContract;
import io.perpetua.application.journal.RollUps;
import io.perpetua.application.journal.RollUpsContract;
import io.perpetua.application.journal.Rows;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisJournalTest extends JournalContract {

    private final Deployment deployment;

    RedisJournalTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected RedisJournal journal() {
        return new RedisJournal(deployment.anyLink());
    }

    @Test
    void forgetName_ofAConversation_leavesItsRowsWithoutIt() {
        String tenant = "tenant " + UUID.randomUUID();
        var at = Instant.parse("2026-03-04T12:00:00Z");
        var rows = new Rows(1);
        var its = List.of(rows.at(at, tenant, "a"), rows.at(at.plusSeconds(99_999), tenant, "a"));
        var other = rows.at(at, tenant, "b");
        Journal journal = journal();
        journal.add(its);
        journal.add(List.of(other));

        journal().forgetName(new ConversationKey(new Scope(tenant, "default"), "a"));

        var all = journal.page(new Selection(tenant, at, Instant.MAX, null, null), null, 9)
                .rows();
        assertThat(all)
                .containsExactlyInAnyOrder(
                        its.getFirst().ofNoConversation(), its.getLast().ofNoConversation(), other);
        assertThat(journal.page(new Selection(tenant, at, Instant.MAX, "default", "a"), null, 9)
                        .rows())
                .isEmpty();
    }

    @Nested
    class Kept extends RollUpsContract {

        private final String name = "rollups-" + UUID.randomUUID();

        @Override
        protected RollUps rollUps() {
            return new RedisRollUps(deployment.anyLink(), name);
        }
    }
}
