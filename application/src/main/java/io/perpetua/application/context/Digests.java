package io.perpetua.application.context;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.strategy.Digest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Digests of the conversations that were asked for last, so that a request reads only the turns that came since. Derived
 * from the record: what is forgotten is read again. The turns of a conversation never change, so a digest of its first
 * ones is one of any longer past of it; one that was erased and begun again is told by when it began. Bounded; safe for
 * concurrent use.
 */
final class Digests<D extends Digest<D>> {

    private static final int STRETCH = 256;
    private static final int MOST_CONVERSATIONS = 128;
    /** Places remembered in all, some 100 bytes each. */
    private static final int MOST_WEIGHT = 200_000;

    private final Conversations conversations;
    private final D empty;
    private final Map<ConversationKey, Read<D>> known = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /** Digests that begin as {@code empty}. */
    Digests(Conversations conversations, D empty) {
        this.conversations = conversations;
        this.empty = empty;
    }

    private record Read<D>(Instant createdAt, int turns, D digest) {}

    /** The digest of a dialogue's past. */
    D of(Dialogue dialogue) {
        Conversation past = dialogue.past();
        if (past == null) {
            return empty;
        }
        var before = find(past, dialogue.turns());
        int turns = before == null ? 0 : before.turns();
        D digest = before == null ? empty : before.digest();
        if (turns < dialogue.turns()) {
            var read = new AtomicInteger();
            digest = digest.after(stretches(past.key(), turns + 1, dialogue.turns(), read));
            boolean all = read.get() == dialogue.turns() - turns; // else the store is away, and some are missing
            if (all && dialogue.turns() == past.turns()) {
                keep(past.key(), new Read<>(past.createdAt(), dialogue.turns(), digest));
            }
        }
        return digest;
    }

    private Iterable<Turn> stretches(ConversationKey key, int first, int last, AtomicInteger read) {
        return () -> IntStream.iterate(first, from -> from <= last, from -> from + STRETCH)
                .mapToObj(from -> new TurnRange(from, Math.min(last, from + STRETCH - 1)))
                .flatMap(stretch -> conversations.turns(key, List.of(stretch)).stream())
                .peek(turn -> read.incrementAndGet())
                .iterator();
    }

    private synchronized @Nullable Read<D> find(Conversation past, int turns) {
        var found = known.get(past.key());
        return found != null && found.createdAt().equals(past.createdAt()) && found.turns() <= turns ? found : null;
    }

    private synchronized void keep(ConversationKey key, Read<D> read) {
        var before = known.put(key, read);
        weight += weight(read) - (before == null ? 0 : weight(before));
        var eldest = known.values().iterator();
        while (weight > MOST_WEIGHT || known.size() > MOST_CONVERSATIONS) {
            weight -= weight(eldest.next());
            eldest.remove();
        }
    }

    private static int weight(Read<? extends Digest<?>> read) {
        return read.digest().weight();
    }
}
