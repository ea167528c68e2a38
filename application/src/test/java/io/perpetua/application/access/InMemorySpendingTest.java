package io.perpetua.application.access;

class InMemorySpendingTest extends SpendingContract {

    private final InMemorySpending spending = new InMemorySpending();

    @Override
    protected Spending spending() {
        return spending;
    }
}
