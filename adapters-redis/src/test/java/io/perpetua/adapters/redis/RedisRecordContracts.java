package io.perpetua.adapters.redis;

import io.perpetua.application.brief.BriefsContract;
import io.perpetua.application.conversation.ConversationsContract;
import io.perpetua.application.conversation.ErasureContract;
import io.perpetua.application.conversation.ForksContract;
import io.perpetua.application.conversation.IdleConversations;
import io.perpetua.application.conversation.IdleConversationsContract;
import io.perpetua.application.conversation.ListingContract;
import io.perpetua.application.conversation.OutboxContract;
import io.perpetua.application.conversation.RecognitionContract;
import io.perpetua.application.conversation.Statistics;
import io.perpetua.application.conversation.StatisticsContract;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.memory.AnchorsContract;
import org.junit.jupiter.api.Nested;

/** The contracts of the record over one kind of server. */
abstract class RedisRecordContracts {

    /** The adapters, the same for every test. */
    protected abstract RecordOverRedis record();

    @Nested
    class Conversations extends ConversationsContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Forks extends ForksContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Recognition extends RecognitionContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Outbox extends OutboxContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Anchors extends AnchorsContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Briefs extends BriefsContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }
    }

    @Nested
    class Totals extends StatisticsContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }

        @Override
        protected Statistics statistics() {
            return record().statistics;
        }
    }

    @Nested
    class Idle extends IdleConversationsContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }

        @Override
        protected IdleConversations idle() {
            return record().idle;
        }
    }
}
