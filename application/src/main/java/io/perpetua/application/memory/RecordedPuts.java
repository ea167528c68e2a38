package io.perpetua.application.memory;

import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.application.memory.TurnVectors.Made;
import io.perpetua.application.memory.VectorBacklog.Chunk;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/*
 * Instances share the outbox and the index. While one puts turns that it has read, another may take in their erasure: then
 * the put comes last and brings back what was erased. So whoever has put turns looks at the record again. What is gone
 * from there is erased from the index; since that takes all that follows along, what the record holds from there on is
 * put anew and looked at again. Whoever writes last has looked last, so what the record does not hold, nobody leaves there.
 *
 * Turns that the index refuses are put one by one, so that one of them holds up no others. Whether it is counted is known
 * by its last put: that of its vectors, where there are to be any.
 */
/** Puts turns into the index so that it is left with what the record holds. Safe for concurrent use, as the index is. */
final class RecordedPuts {

    /** Turns that are put at once. */
    private static final int STEP = 64;

    private final Outbox outbox;
    private final TurnIndex index;
    private final boolean wordsAlone;
    private final Runnable step;
    private final AtomicLong refused = new AtomicLong();

    /**
     * Puts what {@code outbox} tells of into {@code index}.
     *
     * @param wordsAlone whether no vectors follow
     * @param step run when some turns have been put
     */
    RecordedPuts(Outbox outbox, TurnIndex index, boolean wordsAlone, Runnable step) {
        this.outbox = outbox;
        this.index = index;
        this.wordsAlone = wordsAlone;
        this.step = step;
    }

    /**
     * Puts the words of what was written; of turns that are all gone, sees to it that the index has none.
     *
     * @return the turns that the index has been given without their vectors
     */
    List<Turn> words(Entry.Written written) {
        var scope = written.scope();
        String branch = written.branch();
        if (!written.turns().isEmpty()) {
            return put(scope, branch, written.turns());
        }
        var left = outbox.turns(scope, branch, 1, Integer.MAX_VALUE);
        return erase(scope, branch, left.isEmpty() ? 0 : left.getLast().number());
    }

    /**
     * Erases a branch's turns after number {@code after}, but for those that the record holds again.
     *
     * @return those, which the index has been given without their vectors
     */
    List<Turn> erase(Scope scope, String branch, int after) {
        index.erase(scope, branch, after);
        var since = outbox.turns(scope, branch, after + 1, Integer.MAX_VALUE);
        return since.isEmpty() ? List.of() : put(scope, branch, since);
    }

    /** How many turns the index has refused. */
    long refused() {
        return refused.get();
    }

    /**
     * Puts turns that have their vectors now. Of a chunk that the record does not hold whole any more, the rest is erased:
     * it may have been put before, by one that could not look at the record then.
     *
     * @return the turns that the index has been given without theirs: the record holds others by now
     */
    List<Turn> vectors(Chunk chunk, List<Turn> turns, List<Made> made) {
        var wanted =
                turns.stream().filter(turn -> turn.number() <= chunk.last()).toList();
        var indexed = new ArrayList<IndexedTurn>(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            var vectors = made.get(i);
            indexed.add(
                    new IndexedTurn(chunk.scope(), chunk.branch(), wanted.get(i), vectors.own(), vectors.passage()));
        }
        give(indexed);
        step.run();
        int same = recorded(chunk.scope(), chunk.branch(), wanted);
        int last = chunk.first() + same - 1;
        return last >= chunk.last() ? List.of() : erase(chunk.scope(), chunk.branch(), last);
    }

    private List<Turn> put(Scope scope, String branch, List<Turn> turns) {
        for (int from = 0; from < turns.size(); from += STEP) {
            give(turns.subList(from, Math.min(turns.size(), from + STEP)).stream()
                    .map(turn -> new IndexedTurn(scope, branch, turn, List.of()))
                    .toList());
            step.run();
        }
        int same = recorded(scope, branch, turns);
        if (same == turns.size()) {
            return turns;
        }
        var held = new ArrayList<>(turns.subList(0, same));
        held.addAll(erase(scope, branch, turns.get(same).number() - 1));
        return held;
    }

    private void give(List<IndexedTurn> turns) {
        try {
            index.put(turns);
        } catch (IndexRefused e) {
            if (turns.size() > 1) {
                turns.forEach(turn -> give(List.of(turn)));
            } else if (wordsAlone || !turns.getFirst().vectors().isEmpty()) {
                refused.incrementAndGet();
            }
        }
    }

    /** How many of the turns that were just put the record still holds as they were put, up to the first it does not. */
    private int recorded(Scope scope, String branch, List<Turn> put) {
        if (put.isEmpty()) {
            return 0;
        }
        var recorded = outbox.turns(
                scope, branch, put.getFirst().number(), put.getLast().number());
        int same = 0;
        while (same < Math.min(recorded.size(), put.size())
                && recorded.get(same).equals(put.get(same))) {
            same++;
        }
        return same;
    }
}
