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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through the account and finds what was changed, is missing, or was cut off. Only reads. For one use. */
public final class AuditCheck {

    private final AuditFiles files;
    private final @Nullable String noted;
    private final @Nullable Link head;
    private final Map<String, Map<String, JsonNode>> said = new HashMap<>();
    /** By the file that they stood in, records whose words are gone, as long as no later one tells that they were erased. */
    private final Map<String, Gone> gone = new HashMap<>();

    private Link last = AuditChain.BEGINNING;
    private boolean notedSeen;
    private boolean headSeen;
    private long tornBytes;
    private long erased;
    private @Nullable String restarted;

    /** Records whose words are gone. */
    private record Gone(long first, long count) {}

    private AuditCheck(AuditFiles files, @Nullable String noted) throws IOException {
        this.files = files;
        this.noted = noted;
        head = Files.exists(files.head()) ? Link.of(Files.readString(files.head())) : null;
    }

    /**
     * What was found.
     *
     * @param records how many there are
     * @param erased of how many the conversation has been erased, so that only the digest of what was said is left
     * @param digest of the last record; who notes it elsewhere can tell later that nothing before it was changed
     * @param restarted what was wrong with an account before this one, and where that is; null when there was none
     * @param tornBytes bytes of a record that a process was writing when it died; 0 for none
     * @param fault what is wrong, null when nothing is
     */
    public record Report(
            long records,
            long erased,
            String digest,
            @Nullable String restarted,
            long tornBytes,
            @Nullable String fault) {}

    /**
     * Checks the account in a data directory.
     *
     * @param noted the digest of a record that has to be there, null for any
     */
    public static Report of(Path data, @Nullable String noted) throws IOException {
        var check = new AuditCheck(AuditFiles.in(data), noted);
        String fault = check.fault();
        if (fault == null && noted != null && !check.notedSeen) {
            fault = "there is no record with the digest " + noted;
        }
        return new Report(
                check.last.number(), check.erased, check.last.digest(), check.restarted, check.tornBytes, fault);
    }

    private @Nullable String fault() throws IOException {
        for (Path file : files.chain()) {
            String fault = tornBytes > 0 ? "has nothing before it: the end of the file before is missing" : lines(file);
            if (fault != null) {
                return file.equals(files.log()) ? fault : fault + " (" + file.getFileName() + ")";
            }
        }
        String fault = head();
        return fault == null ? missingWords() : fault;
    }

    private @Nullable String lines(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
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
                    last = AuditChain.link(last, text);
                    notedSeen |= last.digest().equals(noted);
                    headSeen |= last.equals(head);
                    fault = told(AuditChain.JSON.readTree(text.substring(text.indexOf(' ') + 1)));
                }
                if (fault != null) {
                    return "line " + number + " " + fault;
                }
            }
            tornBytes = line.size();
            return null;
        }
    }

    /** What a sound record tells; what is wrong with it. */
    private @Nullable String told(JsonNode record) throws IOException {
        switch (record.path("event").asText()) {
            case "erased" -> {
                var words = gone.remove(record.path("in").asText());
                erased += words == null ? 0 : words.count();
            }
            case "restarted" ->
                restarted = record.path("fault").asText() + "; it is kept in "
                        + files.folder().resolve(record.path("kept_in").asText());
            default -> {
                return said(record);
            }
        }
        return null;
    }

    /** Whether what was said in a conversation is what the record has the digest of; it may be gone. */
    private @Nullable String said(JsonNode record) throws IOException {
        String digest = record.path("said").path("sha256").asText("");
        if (digest.isEmpty()) {
            return null;
        }
        String in = record.path("said").path("in").asText();
        var kept = said.computeIfAbsent(in, this::entries).get(record.path("id").asText());
        if (kept == null) {
            gone.merge(in, new Gone(last.number(), 1), (all, one) -> new Gone(all.first(), all.count() + 1));
            return null;
        }
        String text = kept.path("salt").asText() + AuditChain.JSON.writeValueAsString(kept.path("said"));
        return AuditChain.sha256(text).equals(digest) ? null : "goes with words that have been changed";
    }

    /** Words that are gone though nobody has erased them. A mark says so where the record of it is still to be made. */
    private @Nullable String missingWords() throws IOException {
        for (String marked : files.marked()) {
            var words = gone.remove(marked);
            erased += words == null ? 0 : words.count();
        }
        var first = gone.values().stream().mapToLong(Gone::first).min();
        return first.isEmpty()
                ? null
                : "what was said in record " + first.getAsLong() + " is missing, and nobody has erased it";
    }

    private Map<String, JsonNode> entries(String name) {
        var entries = new HashMap<String, JsonNode>();
        Path file = files.saidFolder().resolve(name.replace('/', '_'));
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
        if (head == null) {
            return "the head cannot be read";
        }
        if (head.number() > last.number()) {
            return "the last " + (head.number() - last.number()) + " records are missing";
        }
        if (last.number() - head.number() > 1) {
            return "the head is " + (last.number() - head.number()) + " records behind";
        }
        return headSeen || head.equals(AuditChain.BEGINNING) ? null : "the head tells of another record";
    }
}
