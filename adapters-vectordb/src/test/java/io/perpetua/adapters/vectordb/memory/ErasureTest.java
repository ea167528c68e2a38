package io.perpetua.adapters.vectordb.memory;

import static io.perpetua.adapters.vectordb.memory.Fixture.SCOPE;
import static io.perpetua.adapters.vectordb.memory.Fixture.having;
import static io.perpetua.adapters.vectordb.memory.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is erased is gone from every file once the index was flushed. */
final class ErasureTest {

    /** Stems to {@link #STEM}. */
    private static final String SECRET = "zyzzyvations";

    private static final String STEM = "zyzzyv";

    @TempDir
    private Path directory;

    private LuceneTurnIndex index;

    @BeforeEach
    void open() {
        index = new LuceneTurnIndex(() -> IndexFiles.directory(directory), 1 << 20);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void flush_withoutErasure_showsThatTheTraceWouldBeFound() throws IOException {
        index.put(List.of(turn("secret-branch", 1, SECRET)));
        index.flush();

        assertThat(traces()).contains(STEM, "secret-branch");
        assertThat(raw()).contains(STEM);
    }

    @Test
    void flush_afterErasure_leavesNoTrace() throws IOException {
        index.put(List.of(turn("kept", 1, "harbour"), turn("secret-branch", 1, SECRET), turn("kept", 2, "lantern")));
        index.flush();
        having(index, "secret-branch", SECRET);

        index.erase(SCOPE, "secret-branch", 0);
        index.flush();

        assertThat(traces()).doesNotContain(STEM, "secret-branch").contains("harbour", "lantern", "kept");
        assertThat(raw()).doesNotContain(STEM).doesNotContain("secret-branch");
    }

    @Test
    void flush_turnsErasedBeforeTheyWereWritten_leaveNoTrace() throws IOException {
        index.put(List.of(turn("kept", 1, "harbour"), turn("kept", 2, SECRET)));
        index.erase(SCOPE, "kept", 1);
        index.flush();

        assertThat(traces()).doesNotContain(STEM).contains("harbour");
        assertThat(raw()).doesNotContain(STEM);
    }

    @Test
    void flush_erasureThatACrashInterrupted_isMadeGoodByErasingAgain() throws IOException {
        for (int n = 1; n <= 50; n++) {
            index.put(List.of(turn("secret-branch", n, SECRET), turn("kept", n, "harbour")));
        }
        index.flush();
        index.erase(SCOPE, "secret-branch", 0);
        index.close();

        open();
        index.erase(SCOPE, "secret-branch", 0);
        index.flush();

        assertThat(traces()).doesNotContain(STEM, "secret-branch").contains("harbour");
        assertThat(having(index, "kept", "harbour")).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void erase_whileOthersPutSearchAndMerge_leavesNoTrace(long seed) throws Exception {
        List<Callable<Integer>> workers = new ArrayList<>();
        workers.add(this::searchOften);
        for (int w = 0; w < 3; w++) {
            String branch = "secret" + w;
            long writersSeed = seed * 10 + w;
            workers.add(() -> write(branch, writersSeed));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var worker : threads.invokeAll(workers)) {
                assertThat(worker.get()).isPositive();
            }
        }
        index.flush();

        assertThat(traces()).doesNotContain(STEM, "secret0", "secret1", "secret2");
        assertThat(raw()).doesNotContain(STEM);
    }

    private int searchOften() {
        for (int i = 0; i < 300; i++) {
            assertThat(Fixture.search(index, "kept", "harbour " + SECRET).terms())
                    .isSubsetOf("harbour", STEM);
        }
        return 300;
    }

    private int write(String branch, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int n = 1; n <= 60; n++) {
            index.put(List.of(turn(branch, n, SECRET), turn("kept", random.nextInt(1, 100), "harbour")));
            if (random.nextInt(8) == 0) {
                index.flush();
            }
        }
        index.erase(SCOPE, branch, 0);
        return 60;
    }

    /** Every term, branch and name that a reader of the directory finds, deleted documents' too. */
    private Set<String> traces() throws IOException {
        Set<String> traces = new HashSet<>();
        try (var files = FSDirectory.open(directory);
                var reader = DirectoryReader.open(files)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                read(leaf.reader().terms(TurnDocuments.WORDS).iterator(), traces);
                read(leaf.reader().terms(TurnDocuments.BRANCH).iterator(), traces);
                SortedDocValues branches = leaf.reader().getSortedDocValues(TurnDocuments.BRANCH);
                read(branches.termsEnum(), traces);
            }
        }
        return traces;
    }

    private static void read(TermsEnum terms, Set<String> traces) throws IOException {
        for (var term = terms.next(); term != null; term = terms.next()) {
            traces.addAll(List.of(term.utf8ToString().split("\0")));
        }
    }

    private String raw() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
