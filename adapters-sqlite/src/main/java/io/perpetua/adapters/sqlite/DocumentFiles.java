package io.perpetua.adapters.sqlite;

import io.perpetua.application.StoreUnavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The bytes of documents, a file each. Whoever changes what is there holds this object. */
final class DocumentFiles {

    private static final String UNFINISHED = ".part";

    private final Path folder;

    DocumentFiles(Path folder) {
        this.folder = folder;
    }

    Path of(String id) {
        return folder.resolve(id);
    }

    /** Copies {@code content}, and returns when that is on the disk. */
    void keep(String id, Path content) {
        Path part = folder.resolve(id + UNFINISHED);
        try {
            Files.createDirectories(folder);
            Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, of(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreUnavailable("A document could not be written: " + e.getMessage(), e);
        }
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(of(id));
            Files.deleteIfExists(folder.resolve(id + UNFINISHED));
        } catch (IOException e) {
            throw new StoreUnavailable("A document's file could not be deleted: " + e.getMessage(), e);
        }
    }

    /** The ids of all that are there, finished or not. */
    List<String> all() {
        var ids = new ArrayList<String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> ids.add(file.getFileName().toString().replace(UNFINISHED, "")));
            } catch (IOException e) {
                throw new StoreUnavailable("The documents' files could not be listed: " + e.getMessage(), e);
            }
        }
        return ids;
    }
}
