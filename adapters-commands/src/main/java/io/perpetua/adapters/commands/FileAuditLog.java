package io.perpetua.adapters.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.commands.AuditChain.Link;
import io.perpetua.application.commands.AuditLog;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The account in files of the data directory, one process at a time. A record is on the disk before {@link #append}
 * returns. What is said in a conversation stands in a file of its own, and in the chain as a salted digest, so that it can be
 * erased without the chain being broken. Safe for concurrent use.
 */
public final class FileAuditLog implements AuditLog, AutoCloseable {

    private static final int SALT_BYTES = 16;

    private final AuditFiles files;
    private final SecureRandom random = new SecureRandom();
    /** Files are closed when the thread that writes is interrupted; nobody interrupts this one. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("commands-audit").factory());

    private @Nullable FileChannel log;
    private @Nullable FileChannel lock;
    private Link last = AuditChain.BEGINNING;

    /** The account in {@code data}; opened when it is first needed. */
    public FileAuditLog(Path data) {
        files = AuditFiles.in(data);
    }

    @Override
    public void append(Entry entry) {
        var written = writer.submit(() -> {
            write(entry);
            return null;
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    written.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true; // whoever has left, what was done is told
                } catch (ExecutionException e) {
                    throw new CommandsUnavailable(
                            "audit_unavailable", "the account of commands cannot be kept", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void write(Entry entry) throws IOException {
        try {
            var channel = open();
            append(channel, AuditRecords.json(entry, said -> kept(entry, said)));
        } catch (IOException e) {
            closeFiles(); // what is written after a failure must not follow half a record
            throw e;
        }
    }

    private void append(FileChannel channel, ObjectNode record) throws IOException {
        var sealed = AuditChain.seal(last, record);
        write(channel, sealed.line());
        last = sealed.link();
        Path fresh = files.head().resolveSibling("commands.head.new");
        try (var head = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(head, last.text());
        }
        Files.move(fresh, files.head(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** Puts what was said into the conversation's file, or into the record where there is no conversation. */
    private ObjectNode kept(Entry entry, ObjectNode said) throws IOException {
        var conversation = entry.conversation();
        if (conversation == null) {
            return said;
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        String salted = HexFormat.of().formatHex(salt);
        var line = AuditChain.JSON.createObjectNode();
        line.put("id", entry.id());
        line.put("salt", salted);
        line.set("said", said);
        Path file = files.said(conversation);
        Files.createDirectories(file.getParent());
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            write(channel, "\n" + AuditChain.write(line)); // what is before it may be half an entry
        }
        return AuditChain.JSON
                .createObjectNode()
                .put("sha256", AuditChain.sha256(salted + AuditChain.write(said)))
                .put("in", String.valueOf(file.getFileName()));
    }

    @Override
    public synchronized void forget(ConversationKey conversation) {
        try {
            Files.deleteIfExists(files.said(conversation));
        } catch (IOException e) {
            throw new CommandsUnavailable(
                    "audit_unavailable", "what was said in a conversation cannot be erased from the account", e);
        }
    }

    private FileChannel open() throws IOException {
        var opened = log;
        if (opened != null) {
            return opened;
        }
        Files.createDirectories(files.folder());
        lock = locked();
        long torn = recover();
        var channel = FileChannel.open(
                files.log(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        log = channel;
        if (torn > 0) {
            append(channel, AuditRecords.recovered(torn));
        }
        return channel;
    }

    private FileChannel locked() throws IOException {
        var channel = FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // Held by another part of this process.
        }
        channel.close();
        throw new IOException("another process keeps its account in " + files.folder());
    }

    /** Finds the last record, and cuts off half a one that a process has left which died; its bytes. */
    private long recover() throws IOException {
        last = AuditChain.BEGINNING;
        if (!Files.exists(files.log()) && !Files.exists(files.head())) {
            return 0;
        }
        var found = AuditCheck.of(files);
        if (found.fault() != null) {
            throw new IOException(found.fault());
        }
        last = found.last();
        if (found.tornBytes() > 0) {
            try (var file = new RandomAccessFile(files.log().toFile(), "rw")) {
                file.setLength(file.length() - found.tornBytes());
            }
        }
        return found.tornBytes();
    }

    @Override
    public void close() {
        writer.close();
        closeFiles();
    }

    private synchronized void closeFiles() {
        for (FileChannel each : new @Nullable FileChannel[] {log, lock}) {
            if (each != null) {
                try {
                    each.close();
                } catch (IOException e) {
                    // What was appended is on the disk.
                }
            }
        }
        log = null;
        lock = null;
    }
}
