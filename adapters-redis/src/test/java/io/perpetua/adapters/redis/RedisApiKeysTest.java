package io.perpetua.adapters.redis;

import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ApiKeysContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisApiKeysTest extends ApiKeysContract {

    private final Deployment deployment;

    RedisApiKeysTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected ApiKeys keys() {
        return new RedisApiKeys(deployment.anyLink());
    }
}
