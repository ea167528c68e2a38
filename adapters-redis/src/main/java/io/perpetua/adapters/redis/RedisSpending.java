package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.access.Spending;
import io.perpetua.application.transfer.Tallies.Spent;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What has been spent of budgets, in Redis: an account is in one slot, and every method is one round trip. */
@Singleton
@Shared
final class RedisSpending implements Spending {

    /** No sum at all. */
    static final long NOTHING = -1;

    private static final Script RESERVE = Script.load("reserve.lua");
    private static final Script SETTLE = Script.load("settle.lua");

    /** How long what is over is kept: longer than any call takes, and than clocks are apart. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** Most lost reservations that one reservation clears away, so that none takes long. */
    private static final int MOST_CLEARED = 16;

    /** The accounts that anything was ever spent of. */
    private static final byte[] ACCOUNTS = Names.bytes("perpetua:spending");

    /** So many accounts are known here to be among them. */
    private static final int MOST_KNOWN = 10_000;

    /** Accounts that are asked at once. */
    private static final int STEP = 256;

    private final Link link;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    RedisSpending(Link link) {
        this.link = link;
    }

    @Override
    public boolean reserve(String id, String account, Budget budget, long amount, Instant now) {
        requireAmount(amount);
        return run(
                true,
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
        run(false, SETTLE, account, Names.bytes(id), Names.bytes(amount));
    }

    @Override
    public long spent(String account, Period period, Instant now) {
        byte[] spent = link.ask(commands -> commands.hget(key(account, "spent"), period(period, now)));
        return spent == null ? 0 : Long.parseLong(new String(spent, UTF_8));
    }

    /** All that has been spent, as {@link io.perpetua.application.transfer.Tallies#spent} has it. */
    List<Spent> all() {
        var accounts = link.<Set<byte[]>>askPatiently(commands -> commands.smembers(ACCOUNTS)).stream()
                .map(Commit::text)
                .sorted()
                .toList();
        var all = new ArrayList<Spent>();
        for (int from = 0; from < accounts.size(); from += STEP) {
            var some = accounts.subList(from, Math.min(accounts.size(), from + STEP));
            var sums = link.askAllPatiently(some.stream()
                    .<Link.Question<Map<byte[], byte[]>>>map(
                            account -> commands -> commands.hgetall(key(account, "spent")))
                    .toList());
            for (int i = 0; i < some.size(); i++) {
                String account = some.get(i);
                sums.get(i).entrySet().stream()
                        .map(sum -> spent(account, Commit.text(sum.getKey()), Commit.text(sum.getValue())))
                        .sorted(Comparator.comparing(
                                        (Spent spent) -> spent.period().wire())
                                .thenComparing(Spent::start))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Spent spent(String account, String field, String amount) {
        int colon = field.indexOf(':');
        var period = Period.valueOf(field.substring(colon + 1).toUpperCase(Locale.ROOT));
        Instant start =
                colon < 0 ? Instant.EPOCH : period.start(Micros.instant(Long.parseLong(field, 0, colon, 10) - 1));
        return new Spent(account, period, start, Long.parseLong(amount));
    }

    /** Adds what was spent where nothing was. Returns what was there, {@link #NOTHING} if nothing. */
    long addWhereNone(Spent spent) {
        byte[] key = key(spent.account(), "spent");
        byte[] field = period(spent.period(), spent.start());
        boolean added = link.ask(commands -> commands.hsetnx(key, field, Names.bytes(spent.nanodollars()))
                .thenCombine(commands.sadd(ACCOUNTS, Names.bytes(spent.account())), (done, known) -> done));
        return added ? NOTHING : spent(spent.account(), spent.period(), spent.start());
    }

    private boolean run(boolean note, Script script, String account, byte[]... arguments) {
        byte[][] keys = {key(account, "spent"), key(account, "reserved"), key(account, "order")};
        boolean unknown = note && !known.contains(account);
        long done = link.<Long>ask(commands -> {
            CompletionStage<Long> ran = Link.run(commands, script, ScriptOutputType.INTEGER, keys, arguments);
            return unknown
                    ? ran.thenCombine(commands.sadd(ACCOUNTS, Names.bytes(account)), (result, noted) -> result)
                    : ran;
        });
        if (unknown && known.size() < MOST_KNOWN) {
            known.add(account);
        }
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
