package io.perpetua.application.memory;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.TurnRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Use case: store turns without asking a provider, searchable at once. Safe for concurrent use. */
public final class AddMemory {

    /** Longer than any import takes; the caller's own connection ends earlier. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Conversations conversations;
    private final StoreTurns store;
    private final IndexTurns index;
    private final Supplier<String> ids;
    private final InstantSource clock;

    public AddMemory(
            Conversations conversations,
            StoreTurns store,
            IndexTurns index,
            Supplier<String> ids,
            InstantSource clock) {
        this.conversations = conversations;
        this.store = store;
        this.index = index;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A message and when it was said.
     *
     * @param at null for now
     */
    public record Dated(Message message, @Nullable Instant at) {}

    /**
     * What was stored.
     *
     * @param tokens what it costs
     * @param degraded what was missing: without {@code index}, the turns are stored and will be found later; without
     *     {@code embedder}, they are found by their words, and by their meaning later
     */
    public record Added(ConversationKey key, TurnRange turns, long tokens, List<String> degraded) {}

    /**
     * Adds turns to the end of a conversation.
     *
     * @param conversationId null for a new one
     * @param messages not empty
     */
    public Added add(Scope scope, @Nullable String conversationId, List<Dated> messages) {
        var key = new ConversationKey(scope, conversationId == null ? ids.get() : conversationId);
        var now = clock.instant();
        var said = messages.stream()
                .map(each -> new StoreTurns.Dated(each.message(), each.at() == null ? now : each.at()))
                .toList();
        var past = conversations.find(key);
        var dialogue = new Dialogue(key, true, null, past, past == null ? 0 : past.turns(), List.of());
        var appended = store.store(dialogue, said, null);
        var degraded = indexed(appended.conversation());
        long tokens =
                said.stream().mapToLong(each -> store.count(each.message())).sum();
        return new Added(key, appended.range(), tokens, degraded);
    }

    /** Waits for these turns' vectors, not for anybody else's. Returns what was missing. */
    private List<String> indexed(Conversation conversation) {
        if (!index.catchUpIfPossible()) {
            return List.of(RecallTurns.INDEX);
        }
        return index.awaitVectors(conversation, PATIENCE) ? List.of() : List.of(RecallTurns.EMBEDDER);
    }
}
