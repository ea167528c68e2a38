package io.perpetua.adapters.vectordb.qdrant;

import static io.perpetua.adapters.vectordb.qdrant.Fixture.SCOPE;
import static io.perpetua.adapters.vectordb.qdrant.Fixture.search;
import static io.perpetua.adapters.vectordb.qdrant.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.IndexedTurn;
import io.qdrant.client.grpc.Collections.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the index makes of a collection, and what it leaves there. */
final class CollectionTest {

    private static final String TURNS = "turns";

    private final QdrantDouble qdrant = new QdrantDouble();
    private final List<QdrantTurnIndex> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(QdrantTurnIndex::close);
        qdrant.close();
    }

    @Test
    void firstUse_makesTheCollection() {
        index(2).needsRebuild();

        var made = qdrant.store().creation(TURNS);
        var vectors = made.getVectorsConfig().getParamsMap();
        assertThat(vectors.getMapOrThrow("dense").getSize()).isEqualTo(2);
        assertThat(vectors.getMapOrThrow("dense").hasMultivectorConfig()).isTrue();
        assertThat(vectors.getMapOrThrow("passage").hasMultivectorConfig()).isFalse();
        assertThat(made.getSparseVectorsConfig().getMapOrThrow("words").getModifier())
                .isEqualTo(Modifier.Idf);
        var info = qdrant.store().info(TURNS);
        assertThat(info.getPayloadSchemaOrThrow("branch")
                        .getParams()
                        .getKeywordIndexParams()
                        .getIsTenant())
                .isTrue();
        assertThat(info.getPayloadSchemaOrThrow("number")
                        .getParams()
                        .getIntegerIndexParams()
                        .getRange())
                .isTrue();
    }

    @Test
    void options_quantizeAndKeepOnDisk() {
        var patient = Fixture.patient(qdrant.url(), TURNS);
        open(new QdrantSettings(patient.url(), null, TURNS, patient.timeout(), patient.writeTimeout(), true, true))
                .needsRebuild();

        var made = qdrant.store().creation(TURNS);
        assertThat(made.getQuantizationConfig().hasScalar()).isTrue();
        assertThat(made.getOnDiskPayload()).isTrue();
        assertThat(made.getVectorsConfig().getParamsMap().getMapOrThrow("dense").getOnDisk())
                .isTrue();
    }

    @Test
    void collectionOfAnotherShape_isRefusedInWords() {
        index(2).needsRebuild();

        assertThatThrownBy(() -> index(3).needsRebuild())
                .isInstanceOf(IndexUnavailable.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("its vector dense has 2 components, not 3")
                .hasMessageContaining("perpetua.qdrant.collection");
    }

    @Test
    void collectionWithoutVectors_servesWordsAlone() {
        var words = index(null);
        words.put(List.of(turn("a", 1, "lantern", new float[] {1, 0})));

        var found = search(words, "a", 1, "lantern");
        assertThat(found.words()[0]).isPositive();
        assertThat(found.meaning()).containsOnly(Float.NaN);
        assertThatThrownBy(() -> index(2).needsRebuild()).hasMessageContaining("it has no vector dense");
    }

    @Test
    void needsRebuild_untilSomeInstanceHasNotedIt() {
        var one = index(2);
        var other = index(2);
        assertThat(one.needsRebuild()).isTrue();
        assertThat(other.needsRebuild()).isTrue();

        one.rebuilding();

        assertThat(other.needsRebuild()).isFalse();
        assertThat(index(2).needsRebuild()).isFalse();
    }

    @Test
    void lostCollection_isMadeAgainAndToBeFilled() {
        var index = index(2);
        index.rebuilding();
        index.put(List.of(turn("a", 1, "lantern")));

        qdrant.store().lose();

        assertThatThrownBy(() -> index.put(List.of(turn("a", 2, "lantern")))).isInstanceOf(IndexUnavailable.class);
        assertThat(index.needsRebuild()).isTrue();
        assertThat(search(index, "a", 2, "lantern").table().size()).isZero();
    }

    @Test
    void put_again_isTheSamePoint() {
        var index = index(2);
        index.put(List.of(turn("a", 1, "lantern", new float[] {1, 0}), turn("a", 2, "meadow")));
        var before = List.copyOf(qdrant.store().points(TURNS));

        index(2).put(List.of(turn("a", 1, "lantern", new float[] {1, 0}), turn("a", 2, "meadow")));

        assertThat(qdrant.store().points(TURNS)).containsExactlyElementsOf(before);
    }

    @Test
    void put_whoseAnswerIsLost_isNotDoubledWhenGivenAgain() {
        var index = index(2);
        index.needsRebuild();
        qdrant.store().loseAnswers(true);
        assertThatThrownBy(() -> index.put(List.of(turn("a", 1, "lantern")))).isInstanceOf(IndexUnavailable.class);
        qdrant.store().loseAnswers(false);

        index.put(List.of(turn("a", 1, "lantern")));

        assertThat(qdrant.store().points(TURNS)).hasSize(1);
        assertThat(search(index, "a", 1, "lantern").table().numbers()).containsExactly(1);
    }

    @Test
    void put_manyTurns_goInBoundedBatches() {
        var turns = new ArrayList<IndexedTurn>();
        for (int n = 1; n <= 200; n++) {
            turns.add(turn("a", n, "lantern"));
        }

        var index = index(2);
        index.put(turns);

        assertThat(qdrant.store().largestUpsert()).isEqualTo(64);
        assertThat(search(index, "a", 200, "lantern").table().size()).isEqualTo(200);
    }

    @Test
    void points_holdNothingOfTheText() {
        index(2).put(List.of(turn("branch-name", 1, "lantern harbour", new float[] {1, 0})));

        assertThat(qdrant.store().points(TURNS).toString())
                .contains("Mira")
                .doesNotContain("lantern", "harbour", "branch-name", SCOPE.tenant());
    }

    @Test
    void erase_takesThePointsOfTheBranchAlone() {
        var index = index(2);
        index.put(List.of(turn("a", 1, "lantern"), turn("a", 2, "lantern"), turn("b", 1, "lantern")));

        index.erase(SCOPE, "a", 1);

        assertThat(qdrant.store().points(TURNS)).hasSize(2);
        index.erase(SCOPE, "a", 0);
        assertThat(qdrant.store().points(TURNS)).hasSize(1);
    }

    @Test
    void branchThatAnotherInstanceErasedAndBeganAnew_isSeenAsItIs() {
        var one = index(2);
        var other = index(2);
        one.put(List.of(turn("a", 1, "lantern"), turn("a", 2, "lantern lantern"), turn("a", 3, "meadow")));
        assertThat(search(one, "a", 3, "lantern").table().lengths()).containsExactly(2, 3, 2);

        other.erase(SCOPE, "a", 0);
        other.put(List.of(turn("a", 1, "lantern harbour meadow"), turn("a", 2, "quiet harbour meadow")));

        var found = search(one, "a", 2, "lantern");
        assertThat(found.table().lengths()).containsExactly(4, 4);
        assertThat(found.words()[0]).isPositive();
        assertThat(found.words()[1]).isZero();
    }

    @Test
    void turnsThatAnotherInstancePut_areSeenAtOnce() {
        var one = index(2);
        var other = index(2);
        one.put(List.of(turn("a", 1, "lantern"), turn("a", 2, "meadow")));
        search(one, "a", 2, "lantern");

        other.put(List.of(turn("a", 4, "lantern")));
        assertThat(search(one, "a", 4, "lantern").table().numbers()).containsExactly(1, 2, 4);
        other.put(List.of(turn("a", 3, "lantern")));
        assertThat(search(one, "a", 4, "lantern").table().numbers()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void settings_portOfRest_isTold() {
        assertThatThrownBy(() -> Fixture.patient(URI.create("http://qdrant:6333"), TURNS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6334");
    }

    private QdrantTurnIndex index(@Nullable Integer dimensions) {
        var index = new QdrantTurnIndex(Fixture.patient(qdrant.url(), TURNS), dimensions, Fixture.SOON);
        open.add(index);
        return index;
    }

    private QdrantTurnIndex open(QdrantSettings settings) {
        var index = new QdrantTurnIndex(settings, 2, Fixture.SOON);
        open.add(index);
        return index;
    }
}
