package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes entries as lines. Not safe for concurrent use. */
final class EntryWriter implements Entry.Sink {

    private final DigestOutputStream out;
    private final Totals totals = new Totals();

    /** Begins a file. */
    EntryWriter(OutputStream out) {
        this.out = new DigestOutputStream(out, sha256());
        line(EntryFormat.header());
    }

    @Override
    public void put(Entry entry) {
        var line = EntryFormat.write(entry);
        line(line);
        totals.count(line.fieldNames().next());
    }

    /** Ends the file, without closing it. Returns what is in it. */
    Totals end() throws IOException {
        line(totals.end(HexFormat.of().formatHex(out.getMessageDigest().digest())));
        out.flush();
        return totals;
    }

    private void line(ObjectNode line) {
        try {
            out.write(EntryFormat.JSON.writeValueAsBytes(line));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
