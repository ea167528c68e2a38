package io.perpetua.application.transfer;

import io.perpetua.application.transfer.Archive.Family;
import io.perpetua.application.transfer.Tallies.Spent;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of an export. Turns and conversations belong to the family that was begun last. */
public sealed interface Entry {

    /** A family begins; its turns follow, then its conversations. */
    record Begun(Scope scope, List<PathSegment> branches) implements Entry {

        public Begun {
            branches = List.copyOf(branches);
        }

        Begun(Family family) {
            this(family.scope(), family.branches());
        }
    }

    record Said(String branch, ArchivedTurn turn) implements Entry {}

    record Held(ArchivedConversation conversation) implements Entry {}

    /** The family that was begun changed while it was read: nothing of it counts; what is left of it follows anew. */
    record Changed() implements Entry {}

    /** Conversations in the order of their growth. */
    record Grown(List<ConversationKey> conversations) implements Entry {

        public Grown {
            conversations = List.copyOf(conversations);
        }
    }

    /** A fact with its sources. */
    record Known(Scope scope, Fact fact) implements Entry {}

    record Key(ApiKey key) implements Entry {}

    record Spending(Spent spent) implements Entry {}

    record Learnt(Intent intent, Standings standings) implements Entry {}

    /** Takes entries in. */
    interface Sink {
        void put(Entry entry);
    }

    /** Gives entries. */
    interface Source {

        /** The next one; null after the last. */
        @Nullable
        Entry next();
    }
}
