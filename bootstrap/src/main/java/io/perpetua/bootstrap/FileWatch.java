package io.perpetua.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * A file counts as changed when its content has: what it says of itself (where a chain of links leads, which file that is,
 * its time and its length) only tells when the content need not be read again. Following the links is what notices a
 * directory of links that is swapped as a whole, as Kubernetes does it; going by content is what takes an editor that puts
 * another file in the place of the old one for what it is. A change is told when two looks in a row have found the same,
 * so that one that is being written is left alone.
 */
/** Notices that files have changed, whoever changes them and how. Not safe for concurrent use. */
final class FileWatch {

    private final Supplier<List<Path>> files;
    private final Runnable changed;
    private final Map<Path, Seen> seen = new HashMap<>();
    private Map<Path, String> told;
    private Map<Path, String> before;

    /**
     * Watches from now on.
     *
     * @param files which; others may be named at each look
     * @param changed is told of a change
     * @param read digests of what was read of them before; a file that is other now has changed since
     */
    FileWatch(Supplier<List<Path>> files, Runnable changed, Map<Path, String> read) {
        this.files = files;
        this.changed = changed;
        before = contents();
        told = new HashMap<>(before);
        told.putAll(read);
    }

    /** What a file was like when its content was read. */
    private record Seen(@Nullable Object looks, String content) {}

    /** What a file says of itself, without its content. */
    private record Looks(Path real, @Nullable Object key, long modifiedNanos, long size) {}

    /** Looks at the files, and tells of a change since the last one that was told. */
    void look() {
        var now = contents();
        boolean still = now.equals(before);
        before = now;
        if (still && !now.equals(told)) {
            told = now;
            changed.run();
            // Files that are named now for the first time were read just now.
            contents().forEach(told::putIfAbsent);
            told.keySet().retainAll(files.get());
            before = Map.copyOf(told);
        }
    }

    /** What stands in each file. */
    private Map<Path, String> contents() {
        var contents = new HashMap<Path, String>();
        for (Path file : files.get()) {
            contents.put(file, content(file));
        }
        seen.keySet().retainAll(contents.keySet());
        return contents;
    }

    private String content(Path file) {
        var looks = looks(file);
        var known = seen.get(file);
        if (known == null || !Objects.equals(known.looks(), looks)) {
            known = new Seen(looks, digest(file));
            seen.put(file, known);
        }
        return known.content();
    }

    private static @Nullable Looks looks(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Looks(
                    file.toRealPath(),
                    attributes.fileKey(),
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    attributes.size());
        } catch (IOException e) {
            return null; // it is not there, or not for us
        }
    }

    /** A digest of the content, nothing where it cannot be read. */
    private static String digest(Path file) {
        try {
            return digest(Files.readAllBytes(file));
        } catch (IOException e) {
            return "";
        }
    }

    /** A digest of {@code content}. */
    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
