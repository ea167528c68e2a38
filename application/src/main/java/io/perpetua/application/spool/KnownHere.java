package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How turns in the making read: from the store or, where it does not answer or has not all yet, from what is known here.
 * Safe for concurrent use.
 */
final class KnownHere {

    private final Spool spool;
    private final Views views;
    private final Outages outages;

    KnownHere(Spool spool, Views views, Outages outages) {
        this.spool = spool;
        this.views = views;
        this.outages = outages;
    }

    /**
     * What the store has of a conversation.
     *
     * @param known what a view that is known here has of it
     * @param nothing where there is no view
     */
    <T extends @Nullable Object> T read(ConversationKey key, Supplier<T> store, Function<Past, T> known, T nothing) {
        if (!waits(key)) {
            try {
                return store.get();
            } catch (StoreUnavailable e) {
                outages.noted();
            }
        }
        var past = past(key);
        return past == null ? nothing : known.apply(past);
    }

    /** Whether the store has not all of a conversation yet. */
    boolean waits(ConversationKey key) {
        return spool.holds(key);
    }

    @Nullable
    Past past(ConversationKey key) {
        return views.past(key);
    }

    /** Something was done without the store. */
    void missed() {
        outages.noted();
    }
}
