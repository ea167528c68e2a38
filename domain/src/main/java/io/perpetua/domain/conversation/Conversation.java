package io.perpetua.domain.conversation;

import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a conversation: everything about it but its turns.
 *
 * @param key its name
 * @param user the end user it belongs to, if the client named one
 * @param path which branches hold its turns, in order, without gaps
 * @param turns how many turns it has, which is also the number of the last one
 * @param tokens what its turns cost together: a running sum, never a billed prompt
 * @param mode the mode its last request was served in, which hysteresis starts from
 * @param forkedFrom the conversation whose beginning it shares, if it is a fork
 * @param createdAt when it was first stored
 * @param updatedAt when it last grew
 */
public record Conversation(
        ConversationKey key,
        @Nullable String user,
        List<PathSegment> path,
        int turns,
        long tokens,
        Mode mode,
        @Nullable String forkedFrom,
        Instant createdAt,
        Instant updatedAt) {

    public Conversation {
        path = List.copyOf(path);
    }
}
