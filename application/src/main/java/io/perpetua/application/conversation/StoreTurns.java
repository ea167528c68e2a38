package io.perpetua.application.conversation;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Step;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.AnchorDetector;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.tokens.MessageTokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: write turns into the record, each counted once, with the anchors that are detected in it, and let those know who derive something from it. Safe for
 * concurrent use.
 */
public final class StoreTurns {

    /** As it was meant, as a fork, and on its own, which fails only where an id that is to be new is taken. */
    private static final int ATTEMPTS = 3;

    private final Conversations conversations;
    private final MessageTokens tokens;
    private final Supplier<String> ids;
    private final List<Listener> listeners;
    private final Tracing tracing;

    /**
     * Writes into {@code conversations}.
     *
     * @param tokens counts a turn, by the one encoding that the ledger is kept in
     * @param ids gives a new conversation's id, never the same twice
     * @param listeners told of every write, in order
     * @param tracing follows every write
     */
    public StoreTurns(
            Conversations conversations,
            MessageTokens tokens,
            Supplier<String> ids,
            List<Listener> listeners,
            Tracing tracing) {
        this.conversations = conversations;
        this.tokens = tokens;
        this.ids = ids;
        this.listeners = List.copyOf(listeners);
        this.tracing = tracing;
    }

    /**
     * Hears what was written: the turns {@code said} have the numbers of {@code appended}'s range. Called by the writer
     * before it answers, so that anything slow belongs elsewhere.
     */
    @FunctionalInterface
    public interface Listener {

        void stored(Appended appended, List<Dated> said);
    }

    /** A message and when it was said. */
    public record Dated(Message message, Instant at) {}

    /**
     * Stores what came after a dialogue's past. If the conversation has moved on since the dialogue was identified, the
     * turns become a fork of it; if it has been erased, a conversation of their own, for what was erased stays so.
     *
     * @param said not empty
     * @param mode the mode the request was served in, null to leave it as it is
     */
    public Appended store(Dialogue dialogue, List<Dated> said, @Nullable Mode mode) {
        var turns = read(said);
        var appended = tracing.step(Step.CREATE_MEMORY, () -> append(dialogue, turns, mode));
        listeners.forEach(listener -> listener.stored(appended, said));
        return appended;
    }

    private Appended append(Dialogue dialogue, List<NewTurn> turns, @Nullable Mode mode) {
        Append meant = dialogue.append(turns, mode, UUID.randomUUID().toString());
        Append each = meant;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (conversations.append(each) instanceof Appended appended) {
                return appended;
            }
            ConversationKey other = dialogue.key().sibling(ids.get());
            String request = UUID.randomUUID().toString();
            each = attempt == 0 ? meant.branchedOff(other, request) : meant.alone(other, request);
        }
        throw new IllegalStateException("conversation ids that were to be new are taken");
    }

    /** What {@code message} costs in the ledger. */
    public int count(Message message) {
        return tokens.of(message);
    }

    private List<NewTurn> read(List<Dated> said) {
        var turns = new ArrayList<NewTurn>(said.size());
        for (Dated each : said) {
            Message message = each.message();
            turns.add(new NewTurn(message, each.at(), tokens.of(message), AnchorDetector.in(message)));
        }
        return turns;
    }
}
