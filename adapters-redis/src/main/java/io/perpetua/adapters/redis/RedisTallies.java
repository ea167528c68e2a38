package io.perpetua.adapters.redis;

import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import jakarta.inject.Singleton;
import java.util.List;

/** What was counted and learnt, in Redis. */
@Singleton
@Shared
final class RedisTallies implements Tallies {

    private final RedisSpending spending;
    private final RedisStandings standings;

    RedisTallies(RedisSpending spending, RedisStandings standings) {
        this.spending = spending;
        this.standings = standings;
    }

    @Override
    public List<Spent> spent() {
        return spending.all();
    }

    @Override
    public Outcome add(Spent spent) {
        long there = spending.addWhereNone(spent);
        if (there == RedisSpending.NOTHING) {
            return Outcome.ADDED;
        }
        return there == spent.nanodollars() ? Outcome.THERE : Outcome.CONFLICT;
    }

    @Override
    public Outcome add(Intent intent, Standings learnt) {
        Standings there = standings.addWhereNone(intent, learnt);
        if (there.equals(Standings.NONE)) {
            return Outcome.ADDED;
        }
        return there.equals(learnt) ? Outcome.THERE : Outcome.CONFLICT;
    }
}
