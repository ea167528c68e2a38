package io.perpetua.adapters.sqlite;

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
import io.perpetua.application.transfer.ArchiveContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class SqliteRecordTest {

    private static Database database;

    @BeforeAll
    static void open(@TempDir Path directory) {
        database = new Database(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stores stores(Database database) {
        return new Stores(
                new SqliteConversations(database),
                new SqliteOutbox(database),
                new SqliteAnchors(database),
                new SqliteBriefs(database),
                new SqliteAnswerCache(database));
    }

    @Nested
    class Conversations extends ConversationsContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Forks extends ForksContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Recognition extends RecognitionContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Erasure extends ErasureContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Outbox extends OutboxContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Anchors extends AnchorsContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Briefs extends BriefsContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }
    }

    @Nested
    class Totals extends StatisticsContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }

        @Override
        protected Statistics statistics() {
            return new SqliteStatistics(database);
        }
    }

    @Nested
    class Idle extends IdleConversationsContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }

        @Override
        protected IdleConversations idle() {
            return new SqliteIdleConversations(database);
        }
    }

    @Nested
    class Archive extends ArchiveContract {
        @Override
        protected Stores stores() {
            return SqliteRecordTest.stores(database);
        }

        @Override
        protected io.perpetua.application.transfer.Archive archive() {
            return new SqliteArchive(database);
        }
    }
}
