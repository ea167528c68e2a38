package io.perpetua.application.conversation;

import io.perpetua.application.brief.BriefsContract;
import io.perpetua.application.cache.AnswerCacheContract;
import io.perpetua.application.memory.AnchorsContract;
import io.perpetua.application.transfer.ArchiveContract;
import org.junit.jupiter.api.Nested;

class InMemoryRecordTest {

    private final InMemoryRecord record = new InMemoryRecord();
    private final Stores stores = record.stores();

    @Nested
    class Conversations extends ConversationsContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Forks extends ForksContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Recognition extends RecognitionContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Outbox extends OutboxContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Anchors extends AnchorsContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Briefs extends BriefsContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Answers extends AnswerCacheContract {
        @Override
        protected Stores stores() {
            return stores;
        }
    }

    @Nested
    class Totals extends StatisticsContract {
        @Override
        protected Stores stores() {
            return stores;
        }

        @Override
        protected Statistics statistics() {
            return record.statistics();
        }
    }

    @Nested
    class Idle extends IdleConversationsContract {
        @Override
        protected Stores stores() {
            return stores;
        }

        @Override
        protected IdleConversations idle() {
            return record.idle();
        }
    }

    @Nested
    class Archive extends ArchiveContract {
        @Override
        protected Stores stores() {
            return stores;
        }

        @Override
        protected io.perpetua.application.transfer.Archive archive() {
            return record.archive();
        }
    }
}
