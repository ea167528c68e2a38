package io.perpetua.application.conversation;

import io.perpetua.application.facts.Facts;
import io.perpetua.domain.conversation.ConversationKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Use case: erase the conversations that nobody has added to for long, a few at a time. For one thread. */
public final class ForgetIdle {

    private final IdleConversations conversations;
    private final Facts facts;
    private final Duration after;
    private final Consumer<ConversationKey> each;
    private final Runnable erased;
    private @Nullable String cursor;

    /**
     * Erases what has been idle for {@code after}.
     *
     * @param each told after a conversation has gone from the record, to see it out of what is kept beside it
     * @param erased run after conversations have gone from the record, to see them out of what is derived from it
     */
    public ForgetIdle(
            IdleConversations conversations,
            Facts facts,
            Duration after,
            Consumer<ConversationKey> each,
            Runnable erased) {
        this.conversations = conversations;
        this.facts = facts;
        this.after = after;
        this.each = each;
        this.erased = erased;
    }

    /**
     * What a step came to.
     *
     * @param erased how many conversations are gone
     * @param through whether all have been looked at; the next step begins again
     */
    public record Step(int erased, boolean through) {}

    /** Looks at some conversations, after those of the step before, and erases what is idle. */
    public Step step(Instant now) {
        var before = now.minus(after);
        var look = conversations.look(before, cursor);
        int gone = 0;
        for (var key : look.idle()) {
            if (conversations.erase(key, before)) {
                facts.forget(key);
                each.accept(key);
                gone++;
            }
        }
        cursor = look.next();
        if (gone > 0) {
            erased.run();
        }
        return new Step(gone, cursor == null);
    }
}
