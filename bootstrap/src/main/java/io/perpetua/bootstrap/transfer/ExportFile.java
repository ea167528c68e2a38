package io.perpetua.bootstrap.transfer;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/*
 * What people said is in it, so nobody but its owner may read it. It gets its name when it is whole.
 */
/** A file that is written: has another name until it is whole, and is compressed where its name ends in {@code .gz}. */
final class ExportFile implements AutoCloseable {

    static final String STANDARD = "-";
    static final String COMPRESSED = ".gz";

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path part;
    private final OutputStream out;

    ExportFile(Path file) throws IOException {
        this.file = file;
        part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var channel = Files.newByteChannel(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersAlone());
        out = buffered(Channels.newOutputStream(channel), file.toString());
    }

    private static FileAttribute<?>[] ownersAlone() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static OutputStream buffered(OutputStream raw, String name) throws IOException {
        return new BufferedOutputStream(name.endsWith(COMPRESSED) ? new GZIPOutputStream(raw, BUFFER) : raw, BUFFER);
    }

    /** Standard output, which is not closed. */
    static OutputStream standard() {
        return new BufferedOutputStream(
                new FilterOutputStream(System.out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        out.write(bytes, from, length);
                        if (System.out.checkError()) {
                            throw new IOException("Standard output was closed before everything was written.");
                        }
                    }

                    @Override
                    public void close() {
                        System.out.flush();
                    }
                },
                BUFFER);
    }

    OutputStream out() {
        return out;
    }

    /** The file is whole: it gets its name, and takes the place of another of that name. */
    void whole() throws IOException {
        out.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing behind of a file that is not whole. */
    @Override
    public void close() throws IOException {
        try (out) {
            Files.deleteIfExists(part);
        }
    }
}
