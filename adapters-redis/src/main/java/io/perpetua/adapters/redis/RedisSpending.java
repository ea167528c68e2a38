package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.access.Spending;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** What has been spent of budgets, in Redis: an account is in one slot, and every method is one round trip. */
@Singleton
@Shared
final class RedisSpending implements Spending {

    private static final Script RESERVE = Script.load("reserve.lua");
    private static final Script SETTLE = Script.load("settle.lua");

    /** How long what is over is kept: longer than any call takes, and than clocks are apart. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** Most lost reservations that one reservation clears away, so that none takes long. */
    private static final int MOST_CLEARED = 16;

    private final Link link;

    RedisSpending(Link link) {
        this.link = link;
    }

    @Override
    public boolean reserve(String id, String account, Budget budget, long amount, Instant now) {
        requireAmount(amount);
        return run(
                RESERVE,
                account,
                Names.bytes(id),
                period(budget.period(), now),
                Names.bytes(amount),
                Names.bytes(budget.nanodollars()),
                Names.bytes(Micros.of(now)),
                Names.bytes(Micros.of(now.minus(KEPT))),
                Names.bytes(MOST_CLEARED));
    }

    @Override
    public void settle(String id, String account, long amount) {
        requireAmount(amount);
        run(SETTLE, account, Names.bytes(id), Names.bytes(amount));
    }

    @Override
    public long spent(String account, Period period, Instant now) {
        byte[] spent = link.ask(commands -> commands.hget(key(account, "spent"), period(period, now)));
        return spent == null ? 0 : Long.parseLong(new String(spent, UTF_8));
    }

    private boolean run(Script script, String account, byte[]... arguments) {
        byte[][] keys = {key(account, "spent"), key(account, "reserved"), key(account, "order")};
        long done = link.<Long>ask(commands -> Link.run(commands, script, ScriptOutputType.INTEGER, keys, arguments));
        return done == 1;
    }

    static byte[] key(String account, String what) {
        return Names.bytes("perpetua:{spending:" + Names.digest(account) + "}:" + what);
    }

    private static byte[] period(Period period, Instant now) {
        return Names.bytes(period == Period.TOTAL ? period.wire() : Micros.of(period.end(now)) + ":" + period.wire());
    }

    private static void requireAmount(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
    }
}
