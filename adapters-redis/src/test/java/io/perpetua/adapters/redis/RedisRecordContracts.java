package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.brief.BriefsContract;
import io.perpetua.application.cache.AnswerCacheContract;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.CachedAnswer;
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
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.ArchiveContract;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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
    class Answers extends AnswerCacheContract {

        private final String name = "answers-" + UUID.randomUUID();

        @Override
        protected Stores stores() {
            return record().stores(name);
        }

        @Test
        void find_isOneRoundTripForAMissAndTwoForAHit() {
            var answers = new RedisAnswerCache(record().link, record().homes, name);
            var key = new CacheKey("0123456789abcdef".repeat(4));
            long before = record().link.roundTrips();
            assertThat(answers.find(key, NOON)).isNull();
            assertThat(record().link.roundTrips() - before).isEqualTo(1);

            answers.keep(key, new CachedAnswer("{}", "openai", "mini"), null, NOON, CacheLimits.DEFAULT);
            before = record().link.roundTrips();
            assertThat(answers.find(key, NOON)).isNotNull();
            assertThat(record().link.roundTrips() - before).isEqualTo(2);

            answers.keep(key, new CachedAnswer("{}", "openai", "mini"), super.key, NOON, CacheLimits.DEFAULT);
            assertThat(answers.find(key, NOON)).as("left as it was").isNull();
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

    @Nested
    class Archived extends ArchiveContract {
        @Override
        protected Stores stores() {
            return record().stores();
        }

        @Override
        protected Archive archive() {
            return record().archive;
        }
    }
}
