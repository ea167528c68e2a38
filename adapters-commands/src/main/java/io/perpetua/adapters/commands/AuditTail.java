package io.perpetua.adapters.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.perpetua.adapters.commands.AuditChain.Link;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of the account: all that has to be known to go on with it. What is before is looked over by {@link AuditCheck}.
 *
 * @param last the last record
 * @param tornBytes bytes of a record that a process was writing when it died; 0 for none
 * @param fault why it cannot be gone on with, null when it can
 */
record AuditTail(Link last, long tornBytes, @Nullable String fault) {

    private static final int STEP = 1 << 16;

    /** The last line of a file, and what is behind it. */
    private record End(@Nullable String line, long tornBytes) {}

    static AuditTail of(AuditFiles files) throws IOException {
        long torn = 0;
        String line = null;
        var chain = files.chain();
        for (int i = chain.size() - 1; i >= 0 && line == null; i--) {
            Path file = chain.get(i);
            var end = end(file);
            line = end.line();
            if (end.tornBytes() > 0 && !file.equals(files.log())) {
                return faulty("the end of " + file.getFileName() + " is missing");
            }
            torn += end.tornBytes();
        }
        var head = Files.exists(files.head()) ? Link.of(Files.readString(files.head())) : AuditChain.BEGINNING;
        if (head == null) {
            return faulty("the head cannot be read");
        }
        if (!chain.isEmpty() && !Files.exists(files.head())) {
            return faulty("the head is missing: nobody can tell whether the last records are there");
        }
        var before = AuditChain.BEGINNING;
        var last = AuditChain.BEGINNING;
        if (line != null) {
            before = before(line);
            String fault = before == null ? "is no record" : AuditChain.fault(before, line);
            if (before == null || fault != null) {
                return faulty("the last record " + fault);
            }
            last = AuditChain.link(before, line);
        }
        if (head.equals(last) || head.equals(before)) {
            return new AuditTail(last, torn, null);
        }
        return faulty(
                head.number() > last.number()
                        ? "the last " + (head.number() - last.number()) + " records are missing"
                        : "the head tells of another record");
    }

    private static AuditTail faulty(String fault) {
        return new AuditTail(AuditChain.BEGINNING, 0, fault);
    }

    /** The link that a line says it goes on from; null when it says nothing. */
    private static @Nullable Link before(String line) {
        try {
            var body = AuditChain.JSON.readTree(line.substring(line.indexOf(' ') + 1));
            return Link.of(body.path("n").asLong() - 1 + " " + body.path("prev").asText());
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static End end(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            long size = file.length();
            byte[] bytes = new byte[0];
            long from = size;
            while (true) {
                int close = lastFeed(bytes, bytes.length);
                int open = close < 0 ? -1 : lastFeed(bytes, close);
                if (open >= 0 || from == 0) {
                    String line =
                            close < 0 ? null : new String(bytes, open + 1, close - open - 1, StandardCharsets.UTF_8);
                    return new End(line, bytes.length - close - 1L);
                }
                int step = (int) Math.min(Math.max(STEP, bytes.length), from);
                byte[] more = new byte[step + bytes.length];
                from -= step;
                file.seek(from);
                file.readFully(more, 0, step);
                System.arraycopy(bytes, 0, more, step, bytes.length);
                bytes = more;
            }
        }
    }

    private static int lastFeed(byte[] bytes, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
