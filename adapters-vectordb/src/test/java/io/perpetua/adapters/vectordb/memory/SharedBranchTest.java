package io.perpetua.adapters.vectordb.memory;

import static io.perpetua.adapters.vectordb.memory.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on few branches, with a heap too small for them all. */
final class SharedBranchTest {

    private static final int WRITERS = 4;
    private static final int TURNS = 24;

    @TempDir
    private Path directory;

    private LuceneTurnIndex index;

    @BeforeEach
    void open() {
        index = new LuceneTurnIndex(() -> IndexFiles.directory(directory), 20_000);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyThreads_onOneBranch_findEveryTurnOnceItWasPut(long seed) throws Exception {
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            workers.add(() -> write(writer, seed * 10 + writer));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var worker : threads.invokeAll(workers)) {
                assertThat(worker.get()).isEqualTo(TURNS);
            }
        }

        var found = Fixture.search(index, "shared", "lantern");
        assertThat(found.table().numbers())
                .containsExactly(IntStream.rangeClosed(1, WRITERS * TURNS).toArray());
        assertThat(found.words()).doesNotContain(0);
    }

    private int write(int writer, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Set<Integer> mine = new HashSet<>();
        for (int i = 0; i < TURNS; i++) {
            int number = i * WRITERS + writer + 1;
            index.put(List.of(turn("shared", number, "lantern"), turn("own" + writer, number, "harbour")));
            mine.add(number);
            switch (random.nextInt(4)) {
                case 0 -> assertThat(found("shared")).containsAll(mine);
                case 1 ->
                    assertThat(Fixture.having(index, "own" + writer, "harbour")).isEqualTo(mine.size());
                case 2 -> {
                    index.erase(Fixture.SCOPE, "own" + writer, 0);
                    index.put(mine.stream()
                            .map(n -> turn("own" + writer, n, "harbour"))
                            .toList());
                }
                default -> {
                    if (i % 8 == 0) {
                        index.flush();
                    }
                }
            }
        }
        return TURNS;
    }

    /** The numbers of the turns that have the word, all of which must be those that have a score. */
    private Set<Integer> found(String branch) {
        var signals = Fixture.search(index, branch, "lantern");
        Set<Integer> found = new HashSet<>();
        for (int row = 0; row < signals.table().size(); row++) {
            assertThat(signals.words()[row]).isPositive();
            found.add(signals.table().numbers()[row]);
        }
        return found;
    }
}
