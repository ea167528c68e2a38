package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for files that live as long as somebody works with them. Safe for concurrent use. */
public final class Workspace {

    private static final String PREFIX = "document-";

    private final Path folder;

    /** The folder, which is made when it is missing; what is left of a process that died is deleted. */
    public Workspace(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (var left = Files.newDirectoryStream(folder, PREFIX + "*")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder.toAbsolutePath() + " is not usable", e);
        }
    }

    /** A file that is deleted when this is closed. */
    public record Draft(Path path) implements AutoCloseable {

        @Override
        public void close() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new StoreUnavailable("A file stays that is not needed any more: " + path, e);
            }
        }
    }

    /**
     * An empty file.
     *
     * @throws StoreUnavailable where none can be made
     */
    public Draft empty() {
        try {
            return new Draft(Files.createTempFile(folder, PREFIX, ""));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** A file that holds {@code content}. */
    Draft holding(byte[] content) {
        var draft = empty();
        try {
            Files.write(draft.path(), content);
            return draft;
        } catch (IOException e) {
            draft.close();
            throw unavailable(e);
        }
    }

    private StoreUnavailable unavailable(IOException e) {
        return new StoreUnavailable("Nothing can be written in " + folder.toAbsolutePath() + ": " + e.getMessage(), e);
    }
}
