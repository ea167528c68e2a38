package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The record as a turn in the making reads it: where the store does not answer, or has not all yet, what is known here has
 * to do. A turn that is read so may have less of a past than there is, and never another one. Safe for concurrent use.
 */
final class TurnConversations implements Conversations {

    private final SpooledConversations record;
    private final Conversations store;
    private final KnownHere known;

    TurnConversations(SpooledConversations record, Conversations store, KnownHere known) {
        this.record = record;
        this.store = store;
        this.known = known;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        return known.<@Nullable Conversation>read(key, () -> store.find(key), Past::conversation, null);
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        return record.past(key, tail);
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        var byNumber = new TreeMap<Integer, Turn>();
        try {
            store.turns(key, ranges).forEach(turn -> byNumber.put(turn.number(), turn));
            if (!known.waits(key)) {
                return List.copyOf(byNumber.values());
            }
        } catch (StoreUnavailable e) {
            known.missed();
        }
        var past = known.past(key);
        if (past != null) {
            past.tail().stream()
                    .filter(turn -> ranges.stream().anyMatch(range -> range.holds(turn.number())))
                    .forEach(turn -> byNumber.put(turn.number(), turn));
        }
        return List.copyOf(byNumber.values());
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        return known.read(key, () -> store.tokens(key, turns), past -> Provisional.tokens(past, turns), 0L);
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        return record.recognise(histories, atLeast);
    }

    @Override
    public Outcome append(Append append) {
        return record.append(append);
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        return record.list(scope, cursor, limit);
    }

    @Override
    public boolean erase(ConversationKey key) {
        return record.erase(key);
    }
}
