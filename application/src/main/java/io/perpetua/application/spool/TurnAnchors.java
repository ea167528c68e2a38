package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import java.util.List;

/** Anchors as a turn in the making reads them: where the store does not answer, or has not all yet, those
 * that are known here. */
final class TurnAnchors implements Anchors {

    private final Anchors store;
    private final Spool spool;
    private final Views views;
    private final Outages outages;

    TurnAnchors(Anchors store, Spool spool, Views views, Outages outages) {
        this.store = store;
        this.spool = spool;
        this.views = views;
        this.outages = outages;
    }

    @Override
    public List<Anchor> of(ConversationKey key) {
        if (!spool.holds(key)) {
            try {
                return store.of(key);
            } catch (StoreUnavailable e) {
                outages.noted();
            }
        }
        var known = views.past(key);
        return known == null ? List.of() : known.anchors();
    }

    @Override
    public Pinning pin(ConversationKey key, Anchor anchor) {
        return store.pin(key, anchor);
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        return store.remove(key, anchorId);
    }
}
