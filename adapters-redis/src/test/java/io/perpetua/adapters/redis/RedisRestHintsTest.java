package io.perpetua.adapters.redis;

import io.perpetua.application.resilience.RestHints;
import io.perpetua.application.resilience.RestHintsContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisRestHintsTest extends RestHintsContract {

    private final Deployment deployment;

    RedisRestHintsTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected RestHints hints() {
        return new RedisRestHints(deployment.anyLink());
    }
}
