package io.perpetua.adapters.redis;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.vision.Documents.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of documents, in pieces that a busy server is not held up by. Safe for concurrent use. */
final class DocumentBytes {

    private static final int PIECE = 256 << 10;

    /** Pieces that are asked for at once. */
    private static final int AT_ONCE = 8;

    private final Link link;

    DocumentBytes(Link link) {
        this.link = link;
    }

    /** Writes a file's bytes, which are the same for the same id. */
    void write(String id, Path content) {
        try (var in = Files.newInputStream(content)) {
            byte[] piece = in.readNBytes(PIECE);
            for (int number = 0; piece.length > 0; number++) {
                byte[] field = Names.bytes(number);
                byte[] value = piece;
                link.askPatiently(commands -> commands.hset(DocumentKeys.bytes(id), field, value));
                piece = in.readNBytes(PIECE);
            }
        } catch (IOException e) {
            throw new StoreUnavailable("A document's file could not be read: " + e.getMessage(), e);
        }
    }

    /** The bytes in a file of their own; null where they are not all there. */
    @Nullable
    Content read(String id) {
        long pieces = link.<Long>ask(commands -> commands.hlen(DocumentKeys.bytes(id)));
        if (pieces == 0) {
            return null;
        }
        Copied copied;
        try {
            copied = new Copied(Files.createTempFile("perpetua-document-", ""));
        } catch (IOException e) {
            throw new StoreUnavailable("No temporary file could be made: " + e.getMessage(), e);
        }
        boolean whole = false;
        try {
            whole = copy(id, pieces, copied.file());
        } finally {
            if (!whole) {
                copied.close();
            }
        }
        return whole ? copied : null;
    }

    private boolean copy(String id, long pieces, Path file) {
        try (var out = Files.newOutputStream(file)) {
            for (long from = 0; from < pieces; from += AT_ONCE) {
                var asked = new ArrayList<Link.Question<Optional<byte[]>>>();
                for (long number = from; number < Math.min(pieces, from + AT_ONCE); number++) {
                    byte[] field = Names.bytes(number);
                    asked.add(commands ->
                            commands.hget(DocumentKeys.bytes(id), field).thenApply(Optional::ofNullable));
                }
                List<Optional<byte[]>> found = link.askAllPatiently(asked);
                if (found.stream().anyMatch(Optional::isEmpty)) {
                    return false; // erased meanwhile
                }
                for (var piece : found) {
                    out.write(piece.orElseThrow());
                }
            }
            return true;
        } catch (IOException e) {
            throw new StoreUnavailable("A temporary file could not be written: " + e.getMessage(), e);
        }
    }

    /** A file that goes when nobody needs it any more. */
    private record Copied(Path file) implements Content {

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new StoreUnavailable("A temporary file stays: " + file, e);
            }
        }
    }
}
