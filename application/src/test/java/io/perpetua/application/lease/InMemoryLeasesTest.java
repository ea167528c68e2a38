package io.perpetua.application.lease;

class InMemoryLeasesTest extends LeasesContract {

    private final InMemoryLeases leases = new InMemoryLeases(System::nanoTime);

    @Override
    protected Leases leases() {
        return leases;
    }
}
