package io.perpetua.application.spool;

import io.perpetua.application.conversation.ConversationsContract;
import io.perpetua.application.conversation.ErasureContract;
import io.perpetua.application.conversation.ForksContract;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.ListingContract;
import io.perpetua.application.conversation.RecognitionContract;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.memory.AnchorsContract;
import org.junit.jupiter.api.Nested;

/** While the store is there, nobody sees a difference: not by the record, nor by what turns read. */
class SpooledRecordTest {

    private static final Stores STORES = new InMemoryRecord().stores();
    private static final SharedRecord RECORD = new SharedRecord(
            STORES.conversations(),
            STORES.anchors(),
            STORES.briefs(),
            new InMemorySpool(1 << 20),
            new FlakyStore(STORES),
            () -> "unused",
            1 << 20);

    private static Stores record() {
        return new Stores(RECORD.conversations(), STORES.outbox(), STORES.anchors(), STORES.briefs(), STORES.answers());
    }

    private static Stores ofTurns() {
        return new Stores(
                RECORD.turnConversations(),
                STORES.outbox(),
                RECORD.turnAnchors(),
                RECORD.turnBriefs(),
                STORES.answers());
    }

    @Nested
    class Conversations extends ConversationsContract {
        @Override
        protected Stores stores() {
            return record();
        }
    }

    @Nested
    class Forks extends ForksContract {
        @Override
        protected Stores stores() {
            return record();
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        @Override
        protected Stores stores() {
            return record();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected Stores stores() {
            return record();
        }
    }

    @Nested
    class ConversationsOfTurns extends ConversationsContract {
        @Override
        protected Stores stores() {
            return ofTurns();
        }
    }

    @Nested
    class RecognitionOfTurns extends RecognitionContract {
        @Override
        protected Stores stores() {
            return ofTurns();
        }
    }

    @Nested
    class AnchorsOfTurns extends AnchorsContract {
        @Override
        protected Stores stores() {
            return ofTurns();
        }
    }
}
