package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.util.ArrayList;
import java.util.List;

/*
 * A query brings at most as many points as it is allowed to, the best first. What is cut off would be missing from the
 * statistics of its words. So a long path is asked about in stretches that have no more turns than a query may bring:
 * nothing is ever cut off, however long the path is.
 */
/** A path as Qdrant is asked about it. */
final class Stretches {

    /** Turns that one query is about. */
    private static final int TURNS = 1_000;

    /** Queries about a path at most; of a longer one each stretch is longer. */
    private static final int MOST = 32;

    /** Turns of one branch, numbered {@code first} to {@code last}. */
    record Part(String key, int first, int last) {

        int turns() {
            return last - first + 1;
        }

        Condition condition() {
            return ConditionFactory.filter(filter());
        }

        Filter filter() {
            return Filter.newBuilder()
                    .addMust(ConditionFactory.matchKeyword(TurnPoints.BRANCH, key))
                    .addMust(ConditionFactory.range(
                            Columns.NUMBER,
                            Range.newBuilder().setGte(first).setLte(last).build()))
                    .build();
        }
    }

    /** Neighbouring parts of a path. */
    record Stretch(List<Part> parts) {

        Stretch {
            parts = List.copyOf(parts);
        }

        int turns() {
            return parts.stream().mapToInt(Part::turns).sum();
        }

        Filter filter() {
            var filter = Filter.newBuilder();
            parts.forEach(part -> filter.addShould(part.condition()));
            return parts.size() == 1 ? parts.getFirst().filter() : filter.build();
        }
    }

    private Stretches() {}

    /** What each branch holds of a path, ascending; what holds nothing is left out. */
    static List<Part> parts(Scope scope, List<PathSegment> path) {
        return path.stream()
                .filter(segment -> segment.turns() > 0)
                .map(segment -> new Part(TurnPoints.key(scope, segment.branch()), segment.first(), segment.last()))
                .toList();
    }

    /** The same turns in stretches. */
    static List<Stretch> of(List<Part> parts) {
        long turns = parts.stream().mapToLong(Part::turns).sum();
        int most = (int) Math.max(TURNS, (turns + MOST - 1) / MOST);
        List<Stretch> stretches = new ArrayList<>();
        List<Part> open = new ArrayList<>();
        int room = most;
        for (Part part : parts) {
            for (int first = part.first(); first <= part.last(); ) {
                int last = (int) Math.min(part.last(), (long) first + room - 1);
                open.add(new Part(part.key(), first, last));
                room -= last - first + 1;
                first = last + 1;
                if (room == 0) {
                    stretches.add(new Stretch(open));
                    open.clear();
                    room = most;
                }
            }
        }
        if (!open.isEmpty()) {
            stretches.add(new Stretch(open));
        }
        return stretches;
    }
}
