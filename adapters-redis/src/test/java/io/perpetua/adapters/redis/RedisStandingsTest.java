package io.perpetua.adapters.redis;

import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.routing.StandingStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisStandingsTest extends StandingStoreContract {

    private final String name = "standings-" + UUID.randomUUID();
    private final Deployment deployment;

    RedisStandingsTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @AfterEach
    void makeRoom() {
        deployment.full(false);
    }

    @Override
    protected StandingStore store() {
        return new RedisStandings(deployment.anyLink(), name);
    }

    @Override
    protected void full(boolean is) {
        deployment.full(is);
    }
}
