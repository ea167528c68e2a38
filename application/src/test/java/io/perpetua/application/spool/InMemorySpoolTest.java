package io.perpetua.application.spool;

class InMemorySpoolTest extends SpoolContract {

    private final Spool spool = new InMemorySpool(MOST);

    @Override
    protected Spool spool() {
        return spool;
    }
}
