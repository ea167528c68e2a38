package io.perpetua.application.spool;

import io.perpetua.application.conversation.Past;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import java.util.List;

/** Anchors as a turn in the making reads them: where the store does not answer, or has not all yet, those
 * that are known here. */
final class TurnAnchors implements Anchors {

    private final Anchors store;
    private final KnownHere known;

    TurnAnchors(Anchors store, KnownHere known) {
        this.store = store;
        this.known = known;
    }

    @Override
    public List<Anchor> of(ConversationKey key) {
        return known.read(key, () -> store.of(key), Past::anchors, List.of());
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
