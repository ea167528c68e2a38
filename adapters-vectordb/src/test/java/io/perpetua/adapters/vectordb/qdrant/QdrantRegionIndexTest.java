package io.perpetua.adapters.vectordb.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.application.vision.RegionIndex.Indexed;
import io.perpetua.application.vision.RegionIndexContract;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The index keeps its port's contract against the double, over a socket. */
final class QdrantRegionIndexTest extends RegionIndexContract {

    private static final String DOCUMENT = "doc_" + "a".repeat(32);

    private final QdrantDouble qdrant = new QdrantDouble();
    private final QdrantRegionIndex index = new QdrantRegionIndex(
            Fixture.patient(qdrant.url(), "turns"), new FakeEmbedder().dimensions(), Fixture.SOON);

    @AfterEach
    void close() {
        index.close();
        qdrant.close();
    }

    @Override
    protected RegionIndex index() {
        return index;
    }

    private void put(int page, String text) {
        index.put(Fixture.SCOPE, DOCUMENT, page, List.of(new Indexed(0, RegionType.TEXT, text, List.of())));
    }

    @Test
    void put_goesIntoACollectionBesideThatOfTurns() {
        put(1, "valve");

        assertThat(qdrant.store().points("turns_regions")).hasSize(1);
        assertThatThrownBy(() -> qdrant.store().points("turns")).hasMessageContaining("turns");
    }

    @Test
    void qdrantAway_saysSoAndComesBack() {
        put(1, "valve");
        qdrant.refuse(Status.UNAVAILABLE);
        assertThatThrownBy(() -> index.search(Fixture.SCOPE, RegionFilter.ALL, "valve", null))
                .isInstanceOf(IndexUnavailable.class);
        qdrant.refuse(null);

        assertThat(index.search(Fixture.SCOPE, RegionFilter.ALL, "valve", null).regions())
                .hasSize(1);
    }

    @Test
    void collectionLost_isMadeAnewAndAsksToBeRebuilt() {
        put(1, "valve");
        index.rebuilt();
        qdrant.store().lose();
        assertThatThrownBy(() -> index.search(Fixture.SCOPE, RegionFilter.ALL, "valve", null))
                .isInstanceOf(IndexUnavailable.class);

        assertThat(index.needsRebuild()).isTrue();
    }
}
