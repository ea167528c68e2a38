package io.perpetua.application.routing;

class InMemoryStandingsTest extends StandingStoreContract {

    private final InMemoryStandings store = new InMemoryStandings();

    @Override
    protected StandingStore store() {
        return store;
    }

    @Override
    protected void full(boolean is) {
        store.full(is);
    }
}
