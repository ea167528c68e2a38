package io.perpetua.adapters.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A workspace in a folder of a test, and a secret beside it. */
final class Folders {

    static final String SECRET = "the secret outside";
    static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 64 << 10, 512L << 20, 32);

    private Folders() {}

    /** The workspace {@code w} below {@code folder}. */
    static FileWorkspace workspace(Path folder) {
        try {
            Path root = Files.createDirectories(folder.resolve("w"));
            Files.createDirectories(root.resolve("src"));
            Files.writeString(root.resolve("notes.txt"), "one\ntwo\nthree\n");
            Files.writeString(root.resolve("src/app.py"), "import os\n");
            Files.createSymbolicLink(root.resolve("inner"), Path.of("src"));
            Files.writeString(folder.resolve("secret.txt"), SECRET);
            return new FileWorkspace(root, "/home/nobody");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
