package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.brief.Briefs;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** Briefs as a turn in the making reads them: where the store does not answer, or has not all yet, those that
 * are known here. */
final class TurnBriefs implements Briefs {

    private final Briefs store;
    private final Spool spool;
    private final Views views;
    private final Outages outages;

    TurnBriefs(Briefs store, Spool spool, Views views, Outages outages) {
        this.store = store;
        this.spool = spool;
        this.views = views;
        this.outages = outages;
    }

    @Override
    public @Nullable Brief find(ConversationKey key) {
        if (!spool.holds(key)) {
            try {
                return store.find(key);
            } catch (StoreUnavailable e) {
                outages.noted();
            }
        }
        var known = views.past(key);
        return known == null ? null : known.brief();
    }

    @Override
    public boolean replace(ConversationKey key, int expectedCovers, Brief brief) {
        return store.replace(key, expectedCovers, brief);
    }
}
