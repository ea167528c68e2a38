package io.perpetua.adapters.redis;

import io.perpetua.application.access.Spending;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.application.transfer.TalliesContract;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisTalliesTest extends TalliesContract {

    private final String name = "standings-" + UUID.randomUUID();
    private final Deployment deployment;

    RedisTalliesTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected Tallies tallies() {
        var link = deployment.anyLink();
        return new RedisTallies(new RedisSpending(link), new RedisStandings(link, name));
    }

    @Override
    protected Spending spending() {
        return new RedisSpending(deployment.anyLink());
    }

    @Override
    protected StandingStore standings() {
        return new RedisStandings(deployment.anyLink(), name);
    }
}
