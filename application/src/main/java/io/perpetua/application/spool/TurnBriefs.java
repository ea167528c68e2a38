package io.perpetua.application.spool;

import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** Briefs as a turn in the making reads them: where the store does not answer, or has not all yet, those that
 * are known here. */
final class TurnBriefs implements Briefs {

    private final Briefs store;
    private final KnownHere known;

    TurnBriefs(Briefs store, KnownHere known) {
        this.store = store;
        this.known = known;
    }

    @Override
    public @Nullable Brief find(ConversationKey key) {
        return known.<@Nullable Brief>read(key, () -> store.find(key), Past::brief, null);
    }

    @Override
    public boolean replace(ConversationKey key, int expectedCovers, Brief brief) {
        return store.replace(key, expectedCovers, brief);
    }
}
