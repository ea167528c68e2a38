package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.access.Meter;
import io.perpetua.application.access.Meter.Window;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.QuotasContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisQuotasTest extends QuotasContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Deployment deployment;
    private final Link link;

    RedisQuotasTest(Deployment deployment) {
        this.deployment = deployment;
        link = deployment.link();
    }

    @Override
    protected Quotas quotas() {
        return new RedisQuotas(deployment.anyLink());
    }

    @Test
    void takeAndCorrect_areOneRoundTripEach() {
        var meters = List.of(
                new Meter("tenant", "of a key", 10, Window.MINUTE), new Meter("tenant", "of a user", 10, Window.DAY));
        long before = link.roundTrips();

        new RedisQuotas(link).take(meters, 1, NOON);
        new RedisQuotas(link).correct(meters, -1, NOON);

        assertThat(link.roundTrips() - before).isEqualTo(2);
    }

    @Test
    void take_meterThatNobodyUsesAnyMore_expires() {
        var meter = new Meter("tenant", "of " + NOON.plusNanos(System.nanoTime()), 10, Window.MINUTE);

        new RedisQuotas(link).take(List.of(meter), 1, NOON);

        assertThat(link.<Long>ask(commands -> commands.pttl(RedisQuotas.key(meter))))
                .isBetween(
                        Duration.ofMinutes(1).toMillis(), Duration.ofMinutes(2).toMillis());
    }
}
