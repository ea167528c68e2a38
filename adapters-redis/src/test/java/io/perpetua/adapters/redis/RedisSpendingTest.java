package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.access.Spending;
import io.perpetua.application.access.SpendingContract;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisSpendingTest extends SpendingContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Budget DAILY = new Budget(1_000, Period.DAY);

    private final String account = "account " + UUID.randomUUID();
    private final Deployment deployment;
    private final Link link;

    RedisSpendingTest(Deployment deployment) {
        this.deployment = deployment;
        link = deployment.link();
    }

    @Override
    protected Spending spending() {
        return new RedisSpending(deployment.anyLink());
    }

    @Test
    void everyMethod_isOneRoundTrip() {
        long before = link.roundTrips();

        reserve("a", NOON);
        new RedisSpending(link).settle("a", account, 1);
        new RedisSpending(link).spent(account, Period.DAY, NOON);

        assertThat(link.roundTrips() - before).isEqualTo(3);
    }

    @Test
    void reserve_whatIsOver_isClearedAway() {
        for (int day = 0; day < 5; day++) {
            reserve("of day " + day, NOON.plus(Duration.ofDays(day)));
        }

        assertThat(link.<Long>ask(commands -> commands.hlen(RedisSpending.key(account, "spent"))))
                .isEqualTo(3);
        assertThat(link.<Long>ask(commands -> commands.hlen(RedisSpending.key(account, "reserved"))))
                .isEqualTo(2);
        assertThat(link.<Long>ask(commands -> commands.zcard(RedisSpending.key(account, "order"))))
                .isEqualTo(2);
    }

    private void reserve(String id, Instant now) {
        assertThat(new RedisSpending(link).reserve(id, account, DAILY, 10, now)).isTrue();
    }
}
