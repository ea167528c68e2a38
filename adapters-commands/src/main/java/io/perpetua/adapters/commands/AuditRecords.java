package io.perpetua.adapters.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.commands.AuditLog.Ended;
import io.perpetua.application.commands.AuditLog.Entry;
import io.perpetua.application.commands.AuditLog.Said;
import java.io.IOException;
import java.time.Instant;

/** Records as JSON. */
final class AuditRecords {

    private AuditRecords() {}

    /** Decides where what was said is kept, and what of it stands in the record. */
    interface Keeping {
        ObjectNode keep(ObjectNode said) throws IOException;
    }

    static ObjectNode json(Entry entry, Keeping keeping) throws IOException {
        var json = AuditChain.JSON.createObjectNode();
        json.put("at", entry.at().toString());
        json.put("id", entry.id());
        json.put("key", entry.who().key());
        json.put("tenant", entry.who().tenant());
        json.put("user", entry.who().user());
        if (entry.said() != null) {
            json.put("event", "asked");
            json.put("class", entry.said().kind());
            json.put("allowed", entry.said().allowed());
            json.set("said", keeping.keep(said(entry.said())));
        }
        if (entry.ended() != null) {
            json.put("event", "ended");
            json.setAll(ended(entry.ended()));
        }
        return json;
    }

    private static ObjectNode said(Said said) {
        var json = AuditChain.JSON.createObjectNode();
        json.put("command", said.command());
        json.put("folder", said.folder());
        var commands = json.putArray("argv");
        for (var argv : said.argv()) {
            argv.forEach(commands.addArray()::add);
        }
        json.put("reason", said.reason());
        return json;
    }

    private static ObjectNode ended(Ended ended) {
        return AuditChain.JSON
                .createObjectNode()
                .put("exit_code", ended.exitCode())
                .put("ending", ended.ending())
                .put("duration_ms", ended.took().toMillis())
                .put("stdout_bytes", ended.stdoutBytes())
                .put("stderr_bytes", ended.stderrBytes());
    }

    /**
     * What was said in a conversation was erased with it.
     *
     * @param late whether no more than a mark told so when the account was opened
     */
    static ObjectNode erased(Instant at, String in, boolean late) {
        var json = AuditChain.JSON.createObjectNode();
        json.put("at", at.toString()).put("event", "erased").put("in", in);
        return late ? json.put("late", true) : json;
    }

    /**
     * The account was begun anew, since what was there could not be gone on with.
     *
     * @param digest of what was there
     */
    static ObjectNode restarted(Instant at, String fault, String keptIn, String digest) {
        return AuditChain.JSON
                .createObjectNode()
                .put("at", at.toString())
                .put("event", "restarted")
                .put("fault", fault)
                .put("kept_in", keptIn)
                .put("kept_sha256", digest);
    }

    /** Half a record was found, and cut off. */
    static ObjectNode recovered(long bytes) {
        return AuditChain.JSON.createObjectNode().put("event", "recovered").put("bytes", bytes);
    }
}
