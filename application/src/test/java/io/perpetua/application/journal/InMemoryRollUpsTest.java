package io.perpetua.application.journal;

class InMemoryRollUpsTest extends RollUpsContract {

    private final InMemoryRollUps rollUps = new InMemoryRollUps();

    @Override
    protected RollUps rollUps() {
        return rollUps;
    }
}
