package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.application.transfer.Entry;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.transfer.EntryFormat.Malformed;
import io.perpetua.domain.conversation.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries from lines. Throws a {@link Complaint} that names the line where something is amiss, which includes that the
 * end is missing. Not safe for concurrent use.
 */
final class EntryReader implements Entry.Source {

    private static final Scope NOBODY = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);

    private final InputStream in;
    private final String name;
    private final MessageDigest digest = EntryWriter.sha256();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Totals totals = new Totals();
    private long number;
    private Scope scope = NOBODY;
    private boolean ended;

    /**
     * Reads the beginning.
     *
     * @param name what to call it in complaints
     */
    EntryReader(InputStream in, String name) {
        this.in = in;
        this.name = name;
        if (!next(EntryFormat.HEADER)) {
            throw complaint("is no export of Perpetua's");
        }
        digestLine();
    }

    /** Whether the first line is that of a file that can be read. */
    private boolean next(String expected) {
        String text = readLine();
        if (text == null) {
            throw new Complaint(name + " is empty.");
        }
        try {
            var kind = EntryFormat.kind(text);
            if (!kind.getKey().equals(expected)) {
                return false;
            }
            int version = kind.getValue().path("version").asInt();
            if (version != EntryFormat.VERSION) {
                throw complaint("is of version " + version + " of the format; this Perpetua reads version "
                        + EntryFormat.VERSION);
            }
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    @Override
    public @Nullable Entry next() {
        if (ended) {
            return null;
        }
        String text = readLine();
        if (text == null) {
            throw complaint("is not whole: it ends here, without its last line");
        }
        try {
            var kind = EntryFormat.kind(text);
            if (kind.getKey().equals(EntryFormat.END)) {
                end(kind.getValue());
                return null;
            }
            var entry = EntryFormat.read(kind.getKey(), kind.getValue(), scope);
            if (entry instanceof Entry.Begun begun) {
                scope = begun.scope();
            }
            totals.count(kind.getKey());
            digestLine();
            return entry;
        } catch (Malformed e) {
            throw complaint(e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private void end(JsonNode end) {
        ended = true;
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(end.path("sha256").asText())) {
            throw complaint("was changed after it was written: the checksum of all before this line is " + found);
        }
        if (readLine() != null) {
            throw complaint("goes on after its end");
        }
    }

    /** What was read. */
    Totals totals() {
        return totals;
    }

    private @Nullable String readLine() {
        line.reset();
        number++;
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw complaint("cannot be read further: " + e.getMessage());
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void digestLine() {
        digest.update(line.toByteArray());
        digest.update((byte) '\n');
    }

    /** Something about the line that was read last. */
    Complaint complaint(String what) {
        return new Complaint(name + ", line " + number + ": " + what + ".");
    }
}
