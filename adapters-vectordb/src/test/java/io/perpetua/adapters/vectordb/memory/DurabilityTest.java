package io.perpetua.adapters.vectordb.memory;

import static io.perpetua.adapters.vectordb.memory.Fixture.having;
import static io.perpetua.adapters.vectordb.memory.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.domain.conversation.PathSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What outlives the process, a bad disk and bad files. */
final class DurabilityTest {

    @TempDir
    private Path directory;

    private final FailingDisk.Switch disk = new FailingDisk.Switch();
    private LuceneTurnIndex index;

    @BeforeEach
    void open() {
        index = new LuceneTurnIndex(() -> new FailingDisk(IndexFiles.directory(directory), disk), 1 << 20);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void flush_thenReopened_keepsWordsVectorsAndFields() throws IOException {
        index.put(List.of(turn("a", 1, "lantern", new float[] {1, 0}, new float[] {0, 1}), turn("a", 2, "harbour")));
        var path = List.of(new PathSegment("a", 1, 2));
        var before = index.search(Fixture.SCOPE, path, "lantern", new float[] {1, 1});
        index.flush();
        index.close();

        open();
        var after = index.search(Fixture.SCOPE, path, "lantern", new float[] {1, 1});

        assertThat(after.table()).usingRecursiveComparison().isEqualTo(before.table());
        assertThat(after.words()).containsExactly(before.words());
        assertThat(after.context()).containsExactly(before.context());
        assertThat(after.meaning()).containsExactly(before.meaning());
    }

    @Test
    void needsRebuild_newIndex_isTrueUntilRebuilding() throws IOException {
        assertThat(index.needsRebuild()).isTrue();
        index.close();
        open();
        assertThat(index.needsRebuild()).isTrue();

        index.rebuilding();
        index.close();
        open();

        assertThat(index.needsRebuild()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments", ".si", ".cfs", ".cfe"})
    void open_truncatedFile_beginsAfresh(String kind) throws IOException {
        putAndClose();
        for (Path file : files(kind)) {
            Files.write(file, List.of("no"));
        }

        open();

        assertThat(index.needsRebuild()).isTrue();
        assertThat(having(index, "a", "lantern")).isZero();
        index.put(List.of(turn("a", 1, "lantern")));
        index.flush();
        assertThat(having(index, "a", "lantern")).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"segments", ".cfs", ".cfe"})
    void open_missingFile_beginsAfresh(String kind) throws IOException {
        putAndClose();
        for (Path file : files(kind)) {
            Files.delete(file);
        }

        open();

        assertThat(index.needsRebuild()).isTrue();
    }

    @Test
    void open_otherFormat_beginsAfreshWithoutTheOldFiles() throws IOException {
        index.close();
        try (var files = FSDirectory.open(directory);
                var writer = new IndexWriter(
                        files,
                        new IndexWriterConfig(new KeywordAnalyzer()).setIndexSort(TurnDocuments.LAYOUT.order()))) {
            writer.setLiveCommitData(Map.of("format", "0", "refilled", "true").entrySet());
            writer.addDocument(TurnDocuments.of("old", Row.of(turn("old", 1, "lantern"), 1), List.of("lantern")));
            writer.commit();
        }

        open();

        assertThat(index.needsRebuild()).isTrue();
        assertThat(Fixture.search(index, "old", "lantern").table().size()).isZero();
    }

    @Test
    void open_usedByAnother_isUnavailableAndLeavesTheFilesAlone() throws IOException {
        index.put(List.of(turn("a", 1, "lantern")));
        index.rebuilding();

        try (var second = new LuceneTurnIndex(() -> IndexFiles.directory(directory), 0)) {
            assertThatThrownBy(second::needsRebuild).isInstanceOf(IndexUnavailable.class);
        }

        assertThat(having(index, "a", "lantern")).isOne();
        assertThat(index.needsRebuild()).isFalse();
    }

    @Test
    void flush_failingDisk_isUnavailableUntilItWorksAgain() {
        index.put(List.of(turn("a", 1, "lantern")));
        index.rebuilding();
        index.put(List.of(turn("a", 2, "lantern")));

        disk.fails = true;
        assertThatThrownBy(index::flush).isInstanceOf(IndexUnavailable.class);
        disk.fails = false;
        if (having(index, "a", "lantern") < 2) {
            assertThatThrownBy(index::flush).isInstanceOf(IndexUnavailable.class);
        }
        index.put(List.of(turn("a", 2, "lantern")));
        index.flush();

        assertThat(having(index, "a", "lantern")).isEqualTo(2);
        assertThat(index.needsRebuild()).isFalse();
    }

    @Test
    void search_afterAFailure_stillFindsWhatWasFlushed() {
        index.put(List.of(turn("a", 1, "lantern")));
        index.flush();
        index.put(List.of(turn("a", 2, "lantern")));
        disk.fails = true;
        assertThatThrownBy(index::flush).isInstanceOf(IndexUnavailable.class);
        disk.fails = false;

        assertThat(having(index, "a", "lantern")).isPositive();
    }

    @Test
    void put_directoryCannotBeMade_isUnavailable() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (var impossible = new LuceneTurnIndex(() -> IndexFiles.directory(file.resolve("index")), 0)) {
            assertThatThrownBy(() -> impossible.put(List.of(turn("a", 1, "lantern"))))
                    .isInstanceOf(IndexUnavailable.class);
        }
    }

    @Test
    void search_closed_isUnavailable() throws IOException {
        index.close();

        assertThatThrownBy(() -> having(index, "a", "lantern")).isInstanceOf(IndexUnavailable.class);
    }

    private void putAndClose() throws IOException {
        index.put(List.of(turn("a", 1, "lantern")));
        index.rebuilding();
        index.close();
    }

    private List<Path> files(String kind) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().contains(kind))
                    .toList();
        }
    }
}
