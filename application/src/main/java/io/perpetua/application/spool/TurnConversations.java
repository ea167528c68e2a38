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
    private final Spool spool;
    private final Views views;
    private final Outages outages;

    TurnConversations(SpooledConversations record, Conversations store, Spool spool, Views views, Outages outages) {
        this.record = record;
        this.store = store;
        this.spool = spool;
        this.views = views;
        this.outages = outages;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        if (!spool.holds(key)) {
            try {
                return store.find(key);
            } catch (StoreUnavailable e) {
                outages.noted();
            }
        }
        var known = views.past(key);
        return known == null ? null : known.conversation();
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
            if (!spool.holds(key)) {
                return List.copyOf(byNumber.values());
            }
        } catch (StoreUnavailable e) {
            outages.noted();
        }
        var known = views.past(key);
        if (known != null) {
            known.tail().stream()
                    .filter(turn -> ranges.stream()
                            .anyMatch(range -> range.first() <= turn.number() && turn.number() <= range.last()))
                    .forEach(turn -> byNumber.put(turn.number(), turn));
        }
        return List.copyOf(byNumber.values());
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        if (!spool.holds(key)) {
            try {
                return store.tokens(key, turns);
            } catch (StoreUnavailable e) {
                outages.noted();
            }
        }
        var known = views.past(key);
        return known == null ? 0 : Provisional.tokens(known, turns);
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
