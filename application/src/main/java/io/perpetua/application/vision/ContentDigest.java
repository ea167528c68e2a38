package io.perpetua.application.vision;

import io.perpetua.domain.vision.DocumentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;

/** Digests of files, however large these are. */
public final class ContentDigest {

    private static final int BUFFER = 1 << 16;

    private ContentDigest() {}

    /** SHA-256 of what is in {@code file}. */
    public static byte[] of(Path file) throws IOException {
        var digest = DocumentId.sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                // The stream digests what passes.
            }
        }
        return digest.digest();
    }
}
