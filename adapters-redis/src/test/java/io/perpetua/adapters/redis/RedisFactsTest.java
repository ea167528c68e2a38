package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.FactsContract;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisFactsTest extends FactsContract {

    private final Deployment deployment;

    RedisFactsTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected Facts facts() {
        return new RedisFacts(deployment.anyLink());
    }

    @Override
    protected FactArchive archive() {
        return new RedisFacts(deployment.link());
    }

    @Override
    protected int raced() {
        return Integer.getInteger("facts.raced", 20);
    }

    /** One to look, one to write; again, one to look. */
    @Test
    void tell_roundTrips_areTwoAtMost() {
        var link = deployment.link();
        var facts = new RedisFacts(link);
        var scope = new Scope("trips-" + UUID.randomUUID(), "facts");
        tell(facts, scope, "first");
        long before = link.roundTrips();

        tell(facts, scope, "second");
        assertThat(link.roundTrips() - before).isEqualTo(2);
        tell(facts, scope, "second");
        assertThat(link.roundTrips() - before).isEqualTo(3);
    }

    private static void tell(Facts facts, Scope scope, String object) {
        var source = new Source(Origin.GIVEN, "d", null, null, 1, Instant.EPOCH);
        var told = new Statement(Holder.ALL, new Triple("s", "p", object), null, source);
        facts.tell(scope, told, object, Instant.EPOCH, FactRules.DEFAULT);
    }
}
