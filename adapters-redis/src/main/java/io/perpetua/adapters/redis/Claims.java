package io.perpetua.adapters.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/*
 * An entry gets its number when it comes to be known here, not when it is written: two that are written at once could
 * become visible in the other order, and the one with the lower number would be passed over.
 */
/**
 * The outbox entries that are this instance's to index, numbered as they come. What is beyond the bound stays in Redis and
 * is taken in when there is room. Safe for concurrent use.
 */
final class Claims {

    private final int most;
    private final NavigableMap<Long, Claim> waiting = new TreeMap<>();
    private final Set<String> fields = new HashSet<>();
    private long number;
    private boolean incomplete;

    /**
     * Holds nothing yet.
     *
     * @param most how many are held at a time
     */
    Claims(int most) {
        this.most = most;
    }

    /** Takes in an entry that is not held yet. */
    synchronized void add(Claim claim) {
        if (waiting.size() >= most) {
            incomplete = true;
        } else if (fields.add(claim.field())) {
            waiting.put(++number, claim);
        }
    }

    /** Whether no more can be taken in. */
    synchronized boolean isFull() {
        return waiting.size() >= most;
    }

    /** There may be entries that are not held here. */
    synchronized void doubt() {
        incomplete = true;
    }

    /** Whether entries have to be looked for in Redis, and can be taken in; whoever asks then looks. */
    synchronized boolean takeDoubt() {
        boolean take = incomplete && waiting.size() <= most / 2;
        incomplete &= !take;
        return take;
    }

    /** A claim with its number. */
    record Numbered(long number, Claim claim) {}

    synchronized List<Numbered> after(long number, int limit) {
        var some = new ArrayList<Numbered>();
        for (var entry : waiting.tailMap(number, false).entrySet()) {
            if (some.size() == limit) {
                break;
            }
            some.add(new Numbered(entry.getKey(), entry.getValue()));
        }
        return some;
    }

    /** Those up to a number. */
    synchronized List<Claim> through(long number) {
        return List.copyOf(waiting.headMap(number, true).values());
    }

    synchronized void remove(long through) {
        var gone = waiting.headMap(through, true);
        gone.values().forEach(claim -> fields.remove(claim.field()));
        gone.clear();
    }
}
