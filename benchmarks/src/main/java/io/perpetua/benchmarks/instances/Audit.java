package io.perpetua.benchmarks.instances;

import io.perpetua.benchmarks.instances.Talker.Kept;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what was acknowledged with what is kept. Not safe for concurrent use. */
final class Audit {

    private static final String USER = "user";

    private final Map<String, Integer> counts = new HashMap<>();

    /** Looks at one conversation: what was said in it, in each writer's order, and its turns. */
    void look(Collection<Answered> said, List<Kept> turns) {
        var places = new HashMap<String, Integer>();
        var known = new HashSet<String>();
        said.forEach(each -> known.add(each.tag().toString()));
        for (int i = 0; i < turns.size(); i++) {
            Kept turn = turns.get(i);
            if (turn.number() != i + 1) {
                count("gaps");
            }
            String tag = Tag.first(turn.text()).toString();
            if (!known.contains(tag)) {
                count("strangers");
            }
            if (turn.role().equals(USER)) {
                if (places.put(tag, i) != null) {
                    count("doubled");
                }
            } else if (i == 0 || !Tag.first(turns.get(i - 1).text()).toString().equals(tag)) {
                count("torn");
            }
        }
        var last = new HashMap<Integer, Integer>();
        for (Answered each : said) {
            judge(each, places.get(each.tag().toString()), turns, last);
        }
        add("turns", turns.size());
    }

    private void judge(Answered each, @Nullable Integer place, List<Kept> turns, Map<Integer, Integer> last) {
        int at = place == null ? -1 : place;
        boolean answered = at >= 0
                && at + 1 < turns.size()
                && !turns.get(at + 1).role().equals(USER)
                && Tag.first(turns.get(at + 1).text()).equals(each.tag());
        if (!each.acknowledged()) {
            count(answered ? "kept_unacknowledged" : "not_acknowledged");
        } else if (!answered) {
            count("lost");
        } else {
            count("acknowledged");
            if (!each.degraded().contains("redis") && each.turn() != at + 2) {
                count("wrong_numbers");
            }
        }
        if (at >= 0) {
            Integer before = last.put(each.tag().writer(), at);
            if (before != null && before > at) {
                count("disordered");
            }
        }
    }

    private void count(String what) {
        add(what, 1);
    }

    private void add(String what, int more) {
        counts.merge(what, more, Integer::sum);
    }

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }
}
