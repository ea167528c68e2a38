package io.perpetua.adapters.sqlite;

import io.perpetua.application.lease.Leases;
import io.perpetua.application.lease.LeasesContract;

class ProcessLeasesTest extends LeasesContract {

    private final ProcessLeases leases = new ProcessLeases();

    @Override
    protected Leases leases() {
        return leases;
    }
}
