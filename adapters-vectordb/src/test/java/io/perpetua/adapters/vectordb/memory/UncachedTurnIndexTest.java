package io.perpetua.adapters.vectordb.memory;

import io.perpetua.application.memory.TurnIndex;
import io.perpetua.application.memory.TurnIndexContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The index keeps its port's contract, when no branch stays on the heap. */
final class UncachedTurnIndexTest extends TurnIndexContract {

    @TempDir
    private Path directory;

    private LuceneTurnIndex index;

    @BeforeEach
    void open() {
        index = new LuceneTurnIndex(() -> IndexFiles.directory(directory), 0);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Override
    protected TurnIndex index() {
        return index;
    }
}
