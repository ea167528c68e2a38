package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.memory.TurnIndexContract;
import org.junit.jupiter.api.AfterEach;

/** The index keeps its port's contract against the double, over a socket. */
final class QdrantTurnIndexTest extends TurnIndexContract {

    private final QdrantDouble qdrant = new QdrantDouble();
    private final QdrantTurnIndex index = new QdrantTurnIndex(Fixture.patient(qdrant.url(), "turns"), 2, Fixture.SOON);

    @AfterEach
    void close() {
        index.close();
        qdrant.close();
    }

    @Override
    protected TurnIndex index() {
        return index;
    }
}
