package io.perpetua.adapters.vectordb.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The branches searched last, up to a weight; the one searched least lately goes first. A single branch above that
 * weight is kept as long as no other is wanted. Safe for concurrent use.
 */
final class BranchCache {

    /** Bytes for a branch however small. */
    private static final int OVERHEAD = 300;

    private final Map<String, BranchTable> tables = new LinkedHashMap<>(16, 0.75f, true);
    private final long limit;
    private long weight;

    /** Holds about {@code limit} bytes. */
    BranchCache(long limit) {
        this.limit = limit;
    }

    synchronized @Nullable BranchTable get(String key) {
        return tables.get(key);
    }

    synchronized void put(String key, BranchTable table) {
        remove(key);
        tables.put(key, table);
        weight += weight(key, table);
        var eldest = tables.entrySet().iterator();
        while (weight > limit && tables.size() > 1) {
            var entry = eldest.next();
            weight -= weight(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private void remove(String key) {
        BranchTable old = tables.remove(key);
        weight -= old == null ? 0 : weight(key, old);
    }

    private static long weight(String key, BranchTable table) {
        return OVERHEAD + 2L * key.length() + table.weight();
    }

    synchronized void clear() {
        tables.clear();
        weight = 0;
    }
}
