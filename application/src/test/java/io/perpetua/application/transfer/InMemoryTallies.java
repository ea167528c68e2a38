package io.perpetua.application.transfer;

import static java.util.Comparator.comparing;

import io.perpetua.application.access.InMemorySpending;
import io.perpetua.application.routing.InMemoryStandings;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fake kept honest by the contract: what two other fakes hold. */
public record InMemoryTallies(InMemorySpending spending, InMemoryStandings standings) implements Tallies {

    @Override
    public List<Spent> spent() {
        return spending.all().stream()
                .sorted(comparing(Spent::account)
                        .thenComparing(each -> each.period().wire())
                        .thenComparing(Spent::start))
                .toList();
    }

    @Override
    public Outcome add(Spent spent) {
        return outcome(spending.add(spent), spent.nanodollars());
    }

    @Override
    public Outcome add(Intent intent, Standings learnt) {
        return outcome(standings.add(intent, learnt), learnt);
    }

    private static Outcome outcome(@Nullable Object there, Object wanted) {
        if (there == null) {
            return Outcome.ADDED;
        }
        return there.equals(wanted) ? Outcome.THERE : Outcome.CONFLICT;
    }
}
