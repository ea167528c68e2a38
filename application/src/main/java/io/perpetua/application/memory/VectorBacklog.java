package io.perpetua.application.memory;

import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.domain.conversation.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * Branches take turns, a chunk each: whoever imports a library does not hold up the two turns that somebody else has
 * just said. Only numbers are kept, since what waits may be the whole record; the turns themselves are read when their
 * chunk comes. A chunk that was handed out still waits, until it is done or given back.
 */
/** Which turns the index holds without their vectors. Not safe for concurrent use. */
final class VectorBacklog {

    private record Place(Scope scope, String branch) {}

    /** Neighbouring turns of a branch that one outbox entry wrote. Told apart by identity. */
    static final class Chunk {
        private final Place place;
        private final long entry;
        private final int first;
        private final int end;
        private int last;

        private Chunk(Place place, long entry, int first, int last) {
            this.place = place;
            this.entry = entry;
            this.first = first;
            this.end = last;
            this.last = last;
        }

        Scope scope() {
            return place.scope();
        }

        String branch() {
            return place.branch();
        }

        /** The number of the entry that wrote them. */
        long entry() {
            return entry;
        }

        int first() {
            return first;
        }

        /** The last turn's number when the chunk was handed out. */
        int end() {
            return end;
        }

        /** The last turn's number now; less than {@link #first} when all of it was erased. */
        int last() {
            return last;
        }

        private int size() {
            return last - first + 1;
        }
    }

    private final Map<Place, Deque<Chunk>> waiting = new LinkedHashMap<>();
    private final Set<Chunk> handedOut = new LinkedHashSet<>();
    private int turns;

    void add(Entry.Written written) {
        if (!written.turns().isEmpty()) {
            var place = new Place(written.scope(), written.branch());
            int first = written.turns().getFirst().number();
            int last = written.turns().getLast().number();
            chunks(place).add(new Chunk(place, written.number(), first, last));
            turns += last - first + 1;
        }
    }

    /** What is erased waits no longer; of a chunk that was handed out, too. */
    void erase(Entry.Erased erased) {
        var place = new Place(erased.scope(), erased.branch());
        of(place).forEach(chunk -> {
            int kept = Math.clamp(erased.after(), chunk.first - 1, chunk.last);
            turns -= chunk.last - kept;
            chunk.last = kept;
        });
        var left = chunks(place);
        left.removeIf(chunk -> chunk.size() == 0);
        if (left.isEmpty()) {
            waiting.remove(place);
        }
    }

    /**
     * Hands out a chunk of the branch whose turn it is, which then is the last in the round.
     *
     * @param most how many turns at most, from 1
     * @return null when there is nothing to hand out
     */
    @Nullable
    Chunk next(int most) {
        var places = waiting.entrySet().iterator();
        if (!places.hasNext()) {
            return null;
        }
        var entry = places.next();
        places.remove();
        var chunks = entry.getValue();
        var whole = chunks.remove();
        var chunk = new Chunk(whole.place, whole.entry, whole.first, Math.min(whole.last, whole.first + most - 1));
        if (chunk.last < whole.last) {
            chunks.addFirst(new Chunk(whole.place, whole.entry, chunk.last + 1, whole.last));
        }
        if (!chunks.isEmpty()) {
            waiting.put(entry.getKey(), chunks);
        }
        handedOut.add(chunk);
        return chunk;
    }

    /** Whether {@code chunk} is still wanted; after {@link #clear} it is not. */
    boolean wants(Chunk chunk) {
        return handedOut.contains(chunk);
    }

    /** A chunk that is {@linkplain #wants wanted} waits no longer. */
    void done(Chunk chunk) {
        handedOut.remove(chunk);
        turns -= chunk.size();
    }

    /** A chunk that is not done is to be handed out again, if it is still wanted. */
    void giveBack(Chunk chunk) {
        if (handedOut.remove(chunk) && chunk.size() > 0) {
            chunks(chunk.place).addFirst(chunk);
        }
    }

    /** Whether a turn of a branch waits that is numbered {@code last} or less. */
    boolean holds(Scope scope, String branch, int last) {
        return of(new Place(scope, branch)).anyMatch(chunk -> chunk.size() > 0 && chunk.first <= last);
    }

    /** The first outbox entry of which something waits; {@link Long#MAX_VALUE} when nothing does. */
    long firstEntry() {
        return Stream.concat(waiting.values().stream().flatMap(Deque::stream), handedOut.stream())
                .mapToLong(chunk -> chunk.entry)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether there is nothing to hand out. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many turns wait. */
    int turns() {
        return turns;
    }

    void clear() {
        waiting.clear();
        handedOut.clear();
        turns = 0;
    }

    private Deque<Chunk> chunks(Place place) {
        return waiting.computeIfAbsent(place, none -> new ArrayDeque<>());
    }

    private Stream<Chunk> of(Place place) {
        return Stream.concat(
                waiting.getOrDefault(place, new ArrayDeque<>()).stream(),
                handedOut.stream().filter(chunk -> chunk.place.equals(place)));
    }
}
