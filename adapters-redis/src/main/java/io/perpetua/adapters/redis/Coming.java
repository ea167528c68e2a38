package io.perpetua.adapters.redis;

import io.perpetua.adapters.redis.Branches.Found;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A branch of which turns are to be on paths that they are not on yet. Not safe for concurrent use. */
final class Coming {

    final String name;
    final int first;

    /** The branch that it goes on from. */
    final @Nullable String before;

    /** What there is of it on a path. */
    final @Nullable Found used;

    /** Turns of it by their numbers, with no sum yet; others are staged. */
    final Map<Integer, byte[]> held;

    /** Those whose paths end on it. */
    final List<ConversationKey> writers = new ArrayList<>();

    int last;

    Coming(String name, int first, @Nullable String before, @Nullable Found used, Map<Integer, byte[]> held) {
        this.name = name;
        this.first = first;
        this.before = before;
        this.used = used;
        this.held = held;
        last = first - 1;
    }

    /** The last turn that is on a path. */
    int reached() {
        return used == null ? first - 1 : used.stretch().last();
    }

    Branch branch(Scope scope) {
        if (used != null) {
            return used.stretch().branch();
        }
        return writers.isEmpty() ? Branch.orphan(scope, name) : Branch.imported(writers.getFirst(), name);
    }

    /** Numbers of turns in steps of no more than {@code most}. */
    List<List<Integer>> steps(int most) {
        var steps = new ArrayList<List<Integer>>();
        for (int from = reached() + 1; from <= last; from += most) {
            steps.add(IntStream.rangeClosed(from, Math.min(last, from + most - 1))
                    .boxed()
                    .toList());
        }
        return steps;
    }
}
