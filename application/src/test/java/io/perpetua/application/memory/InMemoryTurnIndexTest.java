package io.perpetua.application.memory;

final class InMemoryTurnIndexTest extends TurnIndexContract {

    private final TurnIndex index = new InMemoryTurnIndex();

    @Override
    protected TurnIndex index() {
        return index;
    }
}
