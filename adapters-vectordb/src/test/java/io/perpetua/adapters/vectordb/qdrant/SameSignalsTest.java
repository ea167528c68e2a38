package io.perpetua.adapters.vectordb.qdrant;

import static io.perpetua.adapters.vectordb.qdrant.Fixture.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.memory.TurnSignals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same turns give the same signals in both indexes: those of words to the last bit, those of vectors but for the eight
 * bits that the embedded one spends on a component.
 */
final class SameSignalsTest {

    private static final String[] WORDS = {
        "lantern", "harbour", "meadow", "heron", "quiet", "stone", "river", "window", "garden", "letter"
    };
    private static final int DIMENSIONS = 24;

    @TempDir
    private Path data;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTurns_giveTheSameSignals(long seed) {
        compare(random(seed), 120, List.of(new PathSegment("a", 1, 120)));
    }

    @Test
    void aPathOfSeveralBranches_givesTheSameSignals() {
        compare(random(4), 90, List.of(new PathSegment("a", 1, 40), new PathSegment("b", 41, 90)));
    }

    /** More turns than one query brings, and a word that most of them have. */
    @Test
    void aLongPath_givesTheSameSignals() {
        compare(random(5), 1_200, List.of(new PathSegment("a", 1, 1_200)));
    }

    private void compare(RandomGenerator random, int turns, List<PathSegment> path) {
        var said = new ArrayList<IndexedTurn>();
        for (PathSegment segment : path) {
            for (int n = segment.first(); n <= Math.min(turns, segment.last()); n++) {
                said.add(turn(random, segment.branch(), n));
            }
        }
        try (var qdrant = new QdrantDouble();
                var index = new QdrantTurnIndex(Fixture.patient(qdrant.url(), "turns"), DIMENSIONS, Fixture.SOON);
                var context = ApplicationContext.run(Map.of("perpetua.data", data.toString()))) {
            var lucene = context.getBean(TurnIndex.class);
            index.put(said);
            lucene.put(said);
            for (int query = 0; query < 5; query++) {
                String asked = text(random, 4) + " " + WORDS[0];
                float[] vector = vector(random);
                compare(index.search(SCOPE, path, asked, vector), lucene.search(SCOPE, path, asked, vector));
            }
        }
    }

    private static void compare(TurnSignals ours, TurnSignals theirs) {
        assertThat(ours.table().numbers()).isEqualTo(theirs.table().numbers());
        assertThat(ours.table().sessions()).isEqualTo(theirs.table().sessions());
        assertThat(ours.table().names()).isEqualTo(theirs.table().names());
        assertThat(ours.terms()).isEqualTo(theirs.terms());
        assertThat(ours.matched()).isEqualTo(theirs.matched());
        assertThat(ours.words()).isEqualTo(theirs.words());
        assertThat(ours.context()).isEqualTo(theirs.context());
        assertThat(ours.wide()).isEqualTo(theirs.wide());
        assertThat(ours.meaning()).containsExactly(theirs.meaning(), within(0.03f));
        assertThat(ours.passage()).containsExactly(theirs.passage(), within(0.03f));
    }

    private static IndexedTurn turn(RandomGenerator random, String branch, int number) {
        int vectors = random.nextInt(3);
        var own = new ArrayList<float[]>();
        for (int i = 0; i < vectors; i++) {
            own.add(vector(random));
        }
        var plain = Fixture.turn(branch, number, text(random, 1 + random.nextInt(40)));
        List<float[]> passage = number % 3 == 0 ? List.of(vector(random)) : List.of();
        return new IndexedTurn(SCOPE, branch, plain.turn(), own, passage);
    }

    /** The first words are said more often. */
    private static String text(RandomGenerator random, int words) {
        var text = new ArrayList<String>();
        for (int i = 0; i < words; i++) {
            text.add(WORDS[random.nextInt(1 + random.nextInt(WORDS.length))]);
        }
        return String.join(" ", text);
    }

    private static float[] vector(RandomGenerator random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian() + 0.3f;
        }
        return vector;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
