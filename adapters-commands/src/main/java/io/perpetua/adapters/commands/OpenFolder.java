package io.perpetua.adapters.commands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/*
 * A path is resolved once, links and all; what it resolves to has no links. Then it is opened from the workspace's root
 * down, folder by folder, each by the handle of the one above and none through a link. Whoever puts a link into the way in
 * between has it refused, and whoever moves a folder moves it for others only.
 */
/** A folder of the workspace, held open. Belongs to one reader. */
final class OpenFolder implements AutoCloseable {

    private final SecureDirectoryStream<Path> handle;

    private OpenFolder(SecureDirectoryStream<Path> handle) {
        this.handle = handle;
    }

    /** Whether folders can be held open here. */
    static boolean possible(Path root) {
        try (var stream = Files.newDirectoryStream(root)) {
            return stream instanceof SecureDirectoryStream;
        } catch (IOException e) {
            return false;
        }
    }

    /** The folder at {@code path}, which is below {@code root} and holds no links. */
    static OpenFolder open(Path root, Path path) throws IOException {
        @SuppressWarnings("StreamResourceLeak") // it is held open until this is closed
        var folder = new OpenFolder(secure(Files.newDirectoryStream(root)));
        for (Path name : root.relativize(path)) {
            if (!name.toString().isEmpty()) {
                try (var above = folder) {
                    folder = above.folder(name.toString());
                }
            }
        }
        return folder;
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("folders cannot be held open on this system");
    }

    /** The folder {@code name} in it. */
    OpenFolder folder(String name) throws IOException {
        return new OpenFolder(handle.newDirectoryStream(path(name), LinkOption.NOFOLLOW_LINKS));
    }

    /** A name may have come from bytes that make no text, and not lead back to them. */
    private static Path path(String name) throws IOException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new NoSuchFileException(name);
        }
    }

    /** What {@code name} in it is, itself and not where it leads. */
    BasicFileAttributes attributes(String name) throws IOException {
        return handle.getFileAttributeView(path(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** The content of the file {@code name} in it. */
    InputStream file(String name) throws IOException {
        if (!attributes(name).isRegularFile()) {
            throw new NotLinkException(name, null, "not a file");
        }
        return Channels.newInputStream(
                handle.newByteChannel(path(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }

    /** The names in it, in order. For one use. */
    List<String> names() throws IOException {
        var names = new TreeSet<String>();
        try {
            handle.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new ArrayList<>(names);
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
