package io.perpetua.adapters.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.commands.AuditChain.Link;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the account and finds what was changed, is missing, or was cut off. Only reads. For one use. */
public final class AuditCheck {

    private final AuditFiles files;
    private final Set<String> digests = new HashSet<>();
    private final Map<String, Map<String, JsonNode>> said = new HashMap<>();
    private Link last = AuditChain.BEGINNING;
    private long tornBytes;
    private long erased;

    private AuditCheck(AuditFiles files) {
        this.files = files;
    }

    /**
     * What was found.
     *
     * @param records how many there are
     * @param erased of how many the conversation has been erased, so that only the digest of what was said is left
     * @param digest of the last record; who notes it elsewhere can tell later that nothing before it was changed
     * @param tornBytes bytes of a record that a process was writing when it died; 0 for none
     * @param fault what is wrong, null when nothing is
     */
    public record Report(
            long records,
            long erased,
            String digest,
            long tornBytes,
            @Nullable String fault) {

        Link last() {
            return new Link(records, digest);
        }
    }

    /**
     * Checks the account in a data directory.
     *
     * @param noted the digest of a record that has to be there, null for any
     */
    public static Report of(Path data, @Nullable String noted) throws IOException {
        var check = new AuditCheck(AuditFiles.in(data));
        String fault = check.fault();
        if (fault == null && noted != null && !check.digests.contains(noted)) {
            fault = "there is no record with the digest " + noted;
        }
        return check.report(fault);
    }

    static Report of(AuditFiles files) throws IOException {
        var check = new AuditCheck(files);
        return check.report(check.fault());
    }

    private Report report(@Nullable String fault) {
        return new Report(last.number(), erased, last.digest(), tornBytes, fault);
    }

    private @Nullable String fault() throws IOException {
        String fault = Files.exists(files.log()) ? lines() : null;
        return fault == null ? head() : fault;
    }

    private @Nullable String lines() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(files.log()))) {
            long number = 0;
            var line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                number++;
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                String fault = AuditChain.fault(last, text);
                if (fault == null) {
                    fault = said(text);
                }
                if (fault != null) {
                    return "line " + number + " " + fault;
                }
                last = AuditChain.link(last, text);
                digests.add(last.digest());
            }
            tornBytes = line.size();
            return null;
        }
    }

    /** Whether what was said in a conversation is what the record has the digest of; it may be gone. */
    private @Nullable String said(String line) throws IOException {
        var record = AuditChain.JSON.readTree(line.substring(line.indexOf(' ') + 1));
        String digest = record.path("said").path("sha256").asText("");
        if (digest.isEmpty()) {
            return null;
        }
        var kept = said.computeIfAbsent(record.path("said").path("in").asText(), this::entries)
                .get(record.path("id").asText());
        if (kept == null) {
            erased++;
            return null;
        }
        String text = kept.path("salt").asText() + AuditChain.JSON.writeValueAsString(kept.path("said"));
        return AuditChain.sha256(text).equals(digest) ? null : "goes with words that have been changed";
    }

    private Map<String, JsonNode> entries(String name) {
        var entries = new HashMap<String, JsonNode>();
        Path file = files.folder().resolve("said").resolve(name.replace('/', '_'));
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                var entry = entry(line);
                if (entry != null) {
                    entries.put(entry.path("id").asText(), entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static @Nullable JsonNode entry(String line) {
        try {
            return line.isEmpty() ? null : AuditChain.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return null; // half an entry of a process that died, to which there is no record
        }
    }

    /** Whether the last record is the one that the head tells of; it may be one further when the process died then. */
    private @Nullable String head() throws IOException {
        if (!Files.exists(files.head())) {
            return last.number() <= 1
                    ? null
                    : "the head is missing: nobody can tell whether the last records are there";
        }
        var head = Link.of(Files.readString(files.head()));
        if (head == null) {
            return "the head cannot be read";
        }
        if (head.number() > last.number()) {
            return "the last " + (head.number() - last.number()) + " records are missing";
        }
        if (last.number() - head.number() > 1) {
            return "the head is " + (last.number() - head.number()) + " records behind";
        }
        return head.equals(last) || digests.contains(head.digest()) || head.equals(AuditChain.BEGINNING)
                ? null
                : "the head tells of another record";
    }
}
