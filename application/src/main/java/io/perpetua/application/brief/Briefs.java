package io.perpetua.application.brief;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** The briefs of conversations. Driven port; safe for concurrent use; durable; throws {@link StoreUnavailable}. */
public interface Briefs {

    /** The conversation's brief, or null when none was made yet. */
    @Nullable
    Brief find(ConversationKey key);

    /**
     * Keeps {@code brief} if the conversation has the turns it covers and nothing newer was kept meanwhile.
     *
     * @param expectedCovers what the brief it builds upon covers, 0 when there was none
     * @return whether it was kept
     */
    boolean replace(ConversationKey key, int expectedCovers, Brief brief);
}
