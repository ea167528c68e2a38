package io.perpetua.application.spool;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that has a fault with some conversations. */
record RefusingConversations(Conversations real, Set<ConversationKey> refused, Supplier<RuntimeException> fault)
        implements Conversations {

    @Override
    public Outcome append(Append append) {
        if (refused.contains(append.key())) {
            throw fault.get();
        }
        return real.append(append);
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        return real.find(key);
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        return real.past(key, tail);
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        return real.turns(key, ranges);
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        return real.tokens(key, turns);
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        return real.recognise(histories, atLeast);
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        return real.list(scope, cursor, limit);
    }

    @Override
    public boolean erase(ConversationKey key) {
        return real.erase(key);
    }
}
