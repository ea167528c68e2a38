package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of the conversations that were met last: good enough to write by, since whatever is written is written
 * only if it holds still. Safe for concurrent use.
 */
@Singleton
@Shared
final class Recent {

    private static final int MOST = 8_192;

    /** Anchors beyond that are read again when they are needed. */
    private static final int MOST_ANCHORS = 24;

    private final Map<ConversationKey, Sight> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationKey, Sight> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What there was.
     *
     * @param stored null where there was no such conversation
     */
    record Sight(@Nullable Stored stored) {

        static final Sight OF_NONE = new Sight(null);
    }

    /** What was seen last, null if nothing is known. */
    synchronized @Nullable Sight of(ConversationKey key) {
        return seen.get(key);
    }

    /** Remembers it, where its anchors were not read with those that were seen before. */
    synchronized void seen(Stored stored) {
        Sight before = seen.get(stored.head().key());
        Kept anchors = stored.anchors();
        if (anchors == null
                && before != null
                && before.stored() != null
                && before.stored().head().equals(stored.head())) {
            anchors = before.stored().anchors();
        }
        boolean many = anchors != null && anchors.anchors().size() > MOST_ANCHORS;
        seen.put(stored.head().key(), new Sight(stored.with(many ? null : anchors)));
    }

    synchronized void absent(ConversationKey key) {
        seen.put(key, Sight.OF_NONE);
    }
}
