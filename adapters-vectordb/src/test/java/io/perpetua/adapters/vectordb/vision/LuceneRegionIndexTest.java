package io.perpetua.adapters.vectordb.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.perpetua.adapters.vectordb.memory.IndexFiles;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.application.vision.RegionIndex.Indexed;
import io.perpetua.application.vision.RegionIndexContract;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index keeps its port's contract, on a directory of the real kind. */
final class LuceneRegionIndexTest extends RegionIndexContract {

    private static final Scope SCOPE = new Scope("tenant", "default");
    private static final String DOCUMENT = "doc_" + "a".repeat(32);

    /** Stems to {@link #STEM}. */
    private static final String SECRET = "zyzzyvations";

    private static final String STEM = "zyzzyv";

    @TempDir
    private Path directory;

    private LuceneRegionIndex index;

    @BeforeEach
    void open() {
        index = new LuceneRegionIndex(() -> IndexFiles.directory(directory));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Override
    protected RegionIndex index() {
        return index;
    }

    private void put(int page, String text) {
        index.put(SCOPE, DOCUMENT, page, List.of(new Indexed(0, RegionType.TEXT, text, List.of())));
    }

    private RegionSignals search(String query) {
        return index.search(SCOPE, RegionFilter.ALL, query, null);
    }

    private String raw() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void flush_andOpenAgain_isAsItWas() throws IOException {
        index.rebuilt();
        put(1, "harbour lantern");
        index.flush();
        close();
        open();

        assertThat(index.needsRebuild()).isFalse();
        assertThat(search("lantern").terms()).containsExactly("lantern");
    }

    @Test
    void open_damagedFiles_beginsEmptyAndAsksToBeRebuilt() throws IOException {
        index.rebuilt();
        put(1, "harbour lantern");
        index.flush();
        close();
        try (var files = Files.newDirectoryStream(directory, "_*")) {
            for (Path file : files) {
                Files.write(file, new byte[10]);
            }
        }
        open();

        assertThat(index.needsRebuild()).isTrue();
        assertThat(search("lantern").regions()).isEmpty();
    }

    @Test
    void flush_afterErasure_leavesNoTrace() throws IOException {
        put(1, SECRET);
        put(2, "lantern");
        index.flush();
        assertThat(raw()).contains(STEM);

        index.erase(SCOPE, DOCUMENT, 0);
        index.flush();

        assertThat(raw()).doesNotContain(STEM).doesNotContain(DOCUMENT);
    }

    @Test
    void search_questionInOtherForms_findsByStems() {
        put(1, "Valves were rusting");

        assertThat(search("which valve rusts?").terms()).containsExactly("valv", "rust");
    }

    @Test
    void context_byDefault_hasTheIndexInTheDataDirectory(@TempDir Path data) {
        try (var context = ApplicationContext.run(Map.of("perpetua.data", data.toString()))) {
            context.getBean(RegionIndex.class).needsRebuild();
        }

        assertThat(data.resolve("regions")).isDirectoryContaining("glob:**segments_*");
    }
}
