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
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
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
    private final long fullAt;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    /** Files are closed when the thread that writes is interrupted; nobody interrupts this one. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("commands-audit").factory());

    private @Nullable FileChannel log;
    private @Nullable FileChannel lock;
    private Link last = AuditChain.BEGINNING;

    /**
     * The account in {@code data}; opened when it is first needed.
     *
     * @param fullAt bytes from which on a file is closed, and the chain goes on in another one
     */
    public FileAuditLog(Path data, long fullAt, InstantSource clock) {
        files = AuditFiles.in(data);
        this.fullAt = fullAt;
        this.clock = clock;
    }

    @Override
    public void append(Entry entry) {
        written(() -> {
            var channel = open();
            append(channel, AuditRecords.json(entry, said -> kept(entry, said)));
            return entry;
        });
    }

    /**
     * What there is to say of the account, for people.
     *
     * @throws CommandsUnavailable when none can be kept
     */
    public String state() {
        return written(() -> {
            open();
            return last.number() + " records in " + Math.max(1, files.chain().size()) + " files";
        });
    }

    private <T> T written(Callable<T> work) {
        var written = writer.submit(() -> whole(work));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return written.get();
                } catch (InterruptedException e) {
                    interrupted = true; // whoever has left, what was done is told
                } catch (ExecutionException e) {
                    String why = e.getCause() instanceof IOException cause ? ": " + cause.getMessage() : "";
                    throw new CommandsUnavailable(
                            "audit_unavailable", "the account of commands cannot be kept" + why, e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized <T> T whole(Callable<T> work) throws Exception {
        boolean done = false;
        try {
            T result = work.call();
            done = true;
            return result;
        } finally {
            if (!done) {
                closeFiles(); // what is written after a failure must not follow half a record
            }
        }
    }

    private void append(FileChannel opened, ObjectNode record) throws IOException {
        var sealed = AuditChain.seal(last, record);
        write(withRoom(opened), sealed.line());
        last = sealed.link();
        writeHead();
    }

    /** It is there before the first record is: where it is missing, somebody has been at the account. */
    private void writeHead() throws IOException {
        Path fresh = files.head().resolveSibling("commands.head.new");
        try (var head = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(head, last.text());
        }
        Files.move(fresh, files.head(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The file that is added to: a new one when it is full. */
    private FileChannel withRoom(FileChannel channel) throws IOException {
        if (channel.size() < fullAt) {
            return channel;
        }
        channel.close();
        Files.move(files.log(), files.full(last.number()), StandardCopyOption.ATOMIC_MOVE);
        var next = openedLog();
        log = next;
        return next;
    }

    private FileChannel openedLog() throws IOException {
        return FileChannel.open(
                files.log(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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

    /** The words go first, whatever becomes of the record of it: that is made up for when the account is opened again. */
    @Override
    public void forget(ConversationKey conversation) {
        if (!erasedWords(files.said(conversation))) {
            return;
        }
        try {
            written(() -> {
                tellErased(open(), false);
                return conversation;
            });
        } catch (CommandsUnavailable e) {
            // The mark is left.
        }
    }

    private synchronized boolean erasedWords(Path words) {
        try {
            if (!Files.exists(words)) {
                return false;
            }
            Path mark = AuditFiles.mark(words);
            if (!Files.exists(mark)) {
                Files.createFile(mark);
            }
            Files.delete(words);
            return true;
        } catch (IOException e) {
            throw new CommandsUnavailable(
                    "audit_unavailable", "what was said in a conversation cannot be erased from the account", e);
        }
    }

    private void tellErased(FileChannel channel, boolean late) throws IOException {
        for (String name : files.marked()) {
            append(log == null ? channel : log, AuditRecords.erased(clock.instant(), name, late));
            Files.delete(AuditFiles.mark(files.saidFolder().resolve(name)));
        }
    }

    /**
     * Begins a new account. What was there is moved into a folder beside it, where it can be looked over; the words of
     * conversations stay, so that they can be erased.
     *
     * @param fault what is wrong with what was there, which the first record tells
     * @return the folder
     * @throws CommandsUnavailable when a process keeps the account, or nothing can be written
     */
    public String restart(String fault) {
        return written(() -> {
            var now = clock.instant();
            String name = "closed-" + now.toString().replaceAll("[^0-9TZ]", "");
            Path folder = files.folder().resolve(name);
            Files.createDirectories(folder);
            lock = locked();
            for (Path file : files.chain()) {
                Files.move(file, folder.resolve(file.getFileName()));
            }
            if (Files.exists(files.head())) {
                Files.move(files.head(), folder.resolve(files.head().getFileName()));
            }
            last = AuditChain.BEGINNING;
            writeHead();
            var channel = openedLog();
            log = channel;
            append(
                    channel,
                    AuditRecords.restarted(now, fault, name, files.closed(name).digest()));
            return folder.toString();
        });
    }

    private FileChannel open() throws IOException {
        var opened = log;
        if (opened != null) {
            return opened;
        }
        Files.createDirectories(files.folder());
        lock = locked();
        long torn = recover();
        if (!Files.exists(files.head())) {
            writeHead();
        }
        var channel = openedLog();
        log = channel;
        if (torn > 0) {
            append(channel, AuditRecords.recovered(torn));
        }
        tellErased(Objects.requireNonNull(log), true);
        return Objects.requireNonNull(log);
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
        var found = AuditTail.of(files);
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
