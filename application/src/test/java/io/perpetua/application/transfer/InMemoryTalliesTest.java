package io.perpetua.application.transfer;

import io.perpetua.application.access.InMemorySpending;
import io.perpetua.application.access.Spending;
import io.perpetua.application.routing.InMemoryStandings;
import io.perpetua.application.routing.StandingStore;

class InMemoryTalliesTest extends TalliesContract {

    private final InMemoryTallies tallies = new InMemoryTallies(new InMemorySpending(), new InMemoryStandings());

    @Override
    protected Tallies tallies() {
        return tallies;
    }

    @Override
    protected Spending spending() {
        return tallies.spending();
    }

    @Override
    protected StandingStore standings() {
        return tallies.standings();
    }
}
