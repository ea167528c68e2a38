package io.perpetua.adapters.redis;

import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ApiKeysContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisApiKeysTest extends ApiKeysContract {

    private final Link link;
    private final Link other;

    RedisApiKeysTest(Deployment deployment) {
        link = deployment.link();
        other = deployment.link();
    }

    @AfterEach
    void close() {
        link.close();
        other.close();
    }

    /** One instance's, or another's. */
    @Override
    protected ApiKeys keys() {
        return new RedisApiKeys(Math.floorMod(Thread.currentThread().threadId(), 2) == 0 ? link : other);
    }
}
