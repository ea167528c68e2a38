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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes through the account and finds what was changed, is missing, or was cut off. Only reads. For one use. */
public final class AuditCheck {

    private static final Pattern CLOSED = Pattern.compile("closed-[0-9TZ]+");
    private static final int MOST_AGAIN = 5;

    private final AuditFiles files;
    private final @Nullable String noted;
    /** As it was before the records were read: more may come meanwhile. */
    private final @Nullable String head;

    private final Map<String, Map<String, JsonNode>> said = new HashMap<>();
    /** By the file that they stood in, records whose words are gone, as long as no later one tells that they were erased. */
    private final Map<String, Gone> gone = new HashMap<>();

    private Link last = AuditChain.BEGINNING;
    private boolean notedSeen;
    private boolean headSeen;
    private long tornBytes;
    private long erased;
    private long late;
    private final List<String> restarted = new ArrayList<>();

    /** Records whose words are gone. */
    private record Gone(long first, long count) {}

    private AuditCheck(AuditFiles files, @Nullable String noted) throws IOException {
        this.files = files;
        this.noted = noted;
        head = headOf(files);
    }

    private static @Nullable String headOf(AuditFiles files) throws IOException {
        return Files.exists(files.head()) ? Files.readString(files.head()) : null;
    }

    /**
     * What was found.
     *
     * @param there whether there is an account at all
     * @param records how many there are
     * @param erased of how many the conversation has been erased, so that only the digest of what was said is left
     * @param late of how many of these no more than a mark beside the account told so at first
     * @param digest of the last record; who notes it elsewhere can tell later that nothing before it was changed
     * @param restarted what was wrong with each account before this one, and where that is, the last one first
     * @param tornBytes bytes of a record that a process is writing, or was when it died; 0 for none
     * @param fault what is wrong, null when nothing is
     */
    public record Report(
            boolean there,
            long records,
            long erased,
            long late,
            String digest,
            List<String> restarted,
            long tornBytes,
            @Nullable String fault) {

        public Report {
            restarted = List.copyOf(restarted);
        }
    }

    /**
     * Checks the account in a data directory, also while a server adds to it: a fault that may come of that is looked at again.
     *
     * @param noted the digest of a record that has to be there, null for any
     */
    public static Report of(Path data, @Nullable String noted) throws IOException {
        var files = AuditFiles.in(data);
        var check = new AuditCheck(files, noted);
        String fault = check.fault();
        for (int again = 0;
                again < MOST_AGAIN && fault != null && !Objects.equals(check.head, headOf(files));
                again++) {
            check = new AuditCheck(files, noted);
            fault = check.fault();
        }
        if (fault == null && noted != null && !check.notedSeen) {
            fault = "there is no record with the digest " + noted;
        }
        return new Report(
                check.head != null || !files.chain().isEmpty(),
                check.last.number(),
                check.erased,
                check.late,
                check.last.digest(),
                check.restarted,
                check.tornBytes,
                fault);
    }

    /** Goes through the files that are full, and then the last one, which may become another one meanwhile. */
    private @Nullable String fault() throws IOException {
        var read = new HashSet<Path>();
        while (true) {
            for (Path file : files.fullOnes()) {
                try (var in = Files.newInputStream(file)) {
                    String fault = read.add(file) ? linesBehindWhole(in) : null;
                    if (fault != null) {
                        return fault + " (" + file.getFileName() + ")";
                    }
                }
            }
            if (!Files.exists(files.log())) {
                break;
            }
            try (var in = Files.newInputStream(files.log())) {
                if (read.containsAll(files.fullOnes())) {
                    String fault = linesBehindWhole(in);
                    if (fault != null) {
                        return fault;
                    }
                    break;
                }
            } catch (NoSuchFileException e) {
                // It has just become one of those that are full.
            }
        }
        String fault = head();
        return fault == null ? missingWords() : fault;
    }

    private @Nullable String linesBehindWhole(InputStream in) throws IOException {
        return tornBytes > 0 ? "has nothing before it: the end of the file before is missing" : lines(in);
    }

    private @Nullable String lines(InputStream file) throws IOException {
        try (InputStream in = new BufferedInputStream(file)) {
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
                    headSeen |= last.text().equals(head);
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
                late += words == null || !record.path("late").asBoolean() ? 0 : words.count();
            }
            case "restarted" -> {
                return closed(record);
            }
            default -> {
                return said(record);
            }
        }
        return null;
    }

    /** Whether an account that was put aside is as it was then, and those that were put aside before it. */
    private @Nullable String closed(JsonNode record) throws IOException {
        String name = record.path("kept_in").asText();
        if (!CLOSED.matcher(name).matches()) {
            return "tells of an account that was put aside, and not of where";
        }
        var closed = files.closed(name);
        restarted.add(record.path("fault").asText() + "; it is kept in " + closed.folder());
        if (!closed.digest().equals(record.path("kept_sha256").asText())) {
            return "tells of an account that was put aside into " + name + ", where it is missing or has been changed";
        }
        for (Path file : closed.chain()) {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                var earlier = entry(line.substring(line.indexOf(' ') + 1));
                if (earlier != null && earlier.path("event").asText().equals("restarted")) {
                    return closed(earlier);
                }
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
        String id = record.path("id").asText();
        if (!said.computeIfAbsent(in, this::entries).containsKey(id)) {
            said.put(in, entries(in)); // it may have come meanwhile
        }
        var kept = said.getOrDefault(in, Map.of()).get(id);
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
            late += words == null ? 0 : words.count();
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
            // The last one may be half written, in the middle of a character.
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
                var entry = entry(line);
                if (entry != null) {
                    entries.put(entry.path("id").asText(), entry);
                }
            }
        } catch (NoSuchFileException e) {
            return entries;
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

    /**
     * Whether the last record is the one that the head tells of; it may be one further when the process died then. A head that
     * was read before must be among the records, and one that is read after may be no more than one behind.
     */
    private @Nullable String head() throws IOException {
        if (head == null) {
            return files.chain().isEmpty()
                    ? null
                    : "the head is missing: nobody can tell whether the last records are there";
        }
        String after = headOf(files);
        var first = Link.of(head);
        var then = after == null ? null : Link.of(after);
        if (first == null || then == null) {
            return "the head cannot be read";
        }
        if (first.number() > last.number()) {
            return "the last " + (first.number() - last.number()) + " records are missing";
        }
        if (last.number() - then.number() > 1) {
            return "the head is " + (last.number() - then.number()) + " records behind";
        }
        return headSeen || first.equals(AuditChain.BEGINNING) ? null : "the head tells of another record";
    }
}
