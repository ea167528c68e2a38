package io.perpetua.adapters.redis;

import io.perpetua.application.lease.Leases;
import io.perpetua.application.lease.LeasesContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisLeasesTest extends LeasesContract {

    private final Deployment deployment;

    RedisLeasesTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected Leases leases() {
        return new RedisLeases(deployment.anyLink());
    }
}
