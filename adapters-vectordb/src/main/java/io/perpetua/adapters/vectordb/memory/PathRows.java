package io.perpetua.adapters.vectordb.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * The indexed turns of a path, ascending, and which branch holds which. Written by one thread.
 */
final class PathRows {

    /**
     * The rows of one branch.
     *
     * @param to one after the last
     * @param fresh those that searchers may not see
     */
    record Part(String key, int from, int to, Fresh fresh) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** Adds a branch's turns numbered {@code first} to {@code last}. */
    void add(String key, BranchTable table, Fresh fresh, int first, int last) {
        int from = rows.size();
        table.copy(first, last, rows);
        if (rows.size() > from) {
            parts.add(new Part(key, from, rows.size(), fresh));
        }
    }

    List<Row> rows() {
        return rows;
    }

    List<Part> parts() {
        return parts;
    }
}
