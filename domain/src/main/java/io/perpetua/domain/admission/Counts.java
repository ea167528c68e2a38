package io.perpetua.domain.admission;

import java.util.HashMap;
import java.util.Map;

/** How many requests of each are served, and how many wait; nothing is kept of who has neither. Not safe for concurrent use. */
final class Counts {

    private final Map<String, Integer> served = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();

    int served(String id) {
        return served.getOrDefault(id, 0);
    }

    int waiting(String id) {
        return waiting.getOrDefault(id, 0);
    }

    void serves(String id, int more) {
        add(served, id, more);
    }

    void waits(String id, int more) {
        add(waiting, id, more);
    }

    int size() {
        return served.size() + waiting.size();
    }

    private static void add(Map<String, Integer> counts, String id, int more) {
        counts.merge(id, more, Integer::sum);
        counts.remove(id, 0);
    }
}
