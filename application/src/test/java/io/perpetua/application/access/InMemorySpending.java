package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.transfer.Tallies.Spent;
import io.perpetua.domain.access.Budget;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemorySpending implements Spending {

    private record Account(String name, Budget.Period period, Instant start) {}

    private record Reserved(Account account, long amount) {}

    private final Map<Account, Long> spent = new HashMap<>();
    private final Map<String, Reserved> reserved = new HashMap<>();
    private boolean away;

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    @Override
    public synchronized boolean reserve(String id, String account, Budget budget, long amount, Instant now) {
        requireThere();
        requireAmount(amount);
        if (reserved.containsKey(id)) {
            return true;
        }
        var whose = new Account(account, budget.period(), budget.period().start(now));
        long before = spent.getOrDefault(whose, 0L);
        if (amount > budget.nanodollars() - before) {
            return false;
        }
        spent.put(whose, before + amount);
        reserved.put(id, new Reserved(whose, amount));
        return true;
    }

    @Override
    public synchronized void settle(String id, String account, long amount) {
        requireThere();
        requireAmount(amount);
        var settled = reserved.get(id);
        if (settled != null && settled.account.name.equals(account)) {
            reserved.remove(id);
            spent.compute(settled.account, (_, before) -> sum(before == null ? 0 : before - settled.amount, amount));
        }
    }

    @Override
    public synchronized long spent(String account, Budget.Period period, Instant now) {
        requireThere();
        return spent.getOrDefault(new Account(account, period, period.start(now)), 0L);
    }

    /** All that was spent, in no order. */
    public synchronized List<Spent> all() {
        requireThere();
        return spent.entrySet().stream()
                .map(each -> new Spent(each.getKey().name, each.getKey().period, each.getKey().start, each.getValue()))
                .toList();
    }

    /** Adds what was spent where nothing was yet; returns what was there, null where that was nothing. */
    public synchronized @Nullable Long add(Spent each) {
        requireThere();
        return spent.putIfAbsent(new Account(each.account(), each.period(), each.start()), each.nanodollars());
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private static void requireAmount(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
