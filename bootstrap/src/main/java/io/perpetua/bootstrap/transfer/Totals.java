package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** How many lines of each kind a file has. Not safe for concurrent use. */
final class Totals {

    private final Map<String, Long> lines = new TreeMap<>();

    void count(String kind) {
        lines.merge(kind, 1L, Long::sum);
    }

    long of(String kind) {
        return lines.getOrDefault(kind, 0L);
    }

    /** The last line, with the digest of all bytes before it. */
    ObjectNode end(String sha256) {
        var node = EntryFormat.JSON.createObjectNode();
        var end = node.putObject(EntryFormat.END);
        var counted = end.putObject("lines");
        lines.forEach(counted::put);
        end.put("sha256", sha256);
        return node;
    }
}
