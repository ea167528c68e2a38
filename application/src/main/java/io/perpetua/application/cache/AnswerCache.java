package io.perpetua.application.cache;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Answers that may be given again, for a while. Driven port; safe for concurrent use; throws {@link StoreUnavailable}.
 *
 * <p>Erasing a conversation takes the answers that were kept from it along in the same transaction, as far beyond recovery
 * as the rest of it.
 */
public interface AnswerCache {

    /** The answer that is kept for {@code key} and has not expired at {@code now}, or null. */
    @Nullable
    CachedAnswer find(CacheKey key, Instant now);

    /**
     * Keeps an answer instead of what was kept for {@code key}. Where the limits leave no room, those go that expire
     * soonest; an answer that is larger than all the room there is is not kept.
     *
     * @param from the conversation it was given in, null when there was none; if that has been erased, nothing is kept
     * @param now when the answer's time to live begins
     */
    void keep(CacheKey key, CachedAnswer answer, @Nullable ConversationKey from, Instant now, CacheLimits limits);
}
