package io.perpetua.adapters.vectordb.qdrant;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.memory.TurnIndexContract;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The index keeps its port's contract against the Qdrant at {@code QDRANT_URL}, in a collection that goes afterwards. */
final class RealQdrantTest extends TurnIndexContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url = System.getenv().getOrDefault("QDRANT_URL", "");
    private final QdrantSettings settings = new QdrantSettings(
            URI.create(url.isBlank() ? "http://nowhere" : url),
            System.getenv("QDRANT_API_KEY"),
            "perpetua-contract-" + UUID.randomUUID(),
            PATIENCE,
            PATIENCE,
            false,
            false);
    private @Nullable QdrantTurnIndex index;

    @BeforeEach
    void open() {
        assumeTrue(!url.isBlank(), "QDRANT_URL names no Qdrant: the contract was kept against the double only");
        index = new QdrantTurnIndex(settings, 2, Fixture.SOON);
    }

    @AfterEach
    void close() {
        if (index != null) {
            index.close();
            try (var connection = new Connection(settings, Fixture.SOON)) {
                var request = DeleteCollection.newBuilder()
                        .setCollectionName(settings.collection())
                        .build();
                connection.collections("go", Deadline.within(PATIENCE), collections -> collections.delete(request));
            }
        }
    }

    @Override
    protected TurnIndex index() {
        return requireNonNull(index);
    }
}
