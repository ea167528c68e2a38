package io.perpetua.application.facts;

import io.perpetua.application.transfer.FactArchive;

class InMemoryFactsTest extends FactsContract {

    private final InMemoryFacts facts = new InMemoryFacts();

    @Override
    protected Facts facts() {
        return facts;
    }

    @Override
    protected FactArchive archive() {
        return facts;
    }
}
