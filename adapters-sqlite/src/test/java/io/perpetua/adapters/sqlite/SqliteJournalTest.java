package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.application.journal.JournalContract;
import io.perpetua.application.journal.RollUps;
import io.perpetua.application.journal.RollUpsContract;
import io.perpetua.application.journal.Rows;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = new Database(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Journal journal() {
        return new SqliteJournal(database);
    }

    @Test
    void erase_aConversation_leavesItsRowsWithoutItsName() {
        var key = new ConversationKey(new Scope("t", "default"), "a");
        var stores = SqliteRecordTest.stores(database);
        stores.conversations()
                .append(new Append(
                        key,
                        null,
                        null,
                        Append.WHATEVER,
                        List.of(new NewTurn(Said.user("x"), Instant.EPOCH, 7, List.of())),
                        null,
                        "r"));
        var rows = new Rows(1);
        var its = rows.at(Instant.EPOCH, "t", "a");
        var others = List.of(rows.at(Instant.EPOCH, "t", "b"), rows.at(Instant.EPOCH, "u", "a"));
        journal().add(List.of(its));
        journal().add(others);

        stores.conversations().erase(key);

        var left = journal()
                .page(Selection.of(Instant.EPOCH, Instant.MAX), null, 9)
                .rows();
        assertThat(left).containsExactlyInAnyOrder(its.ofNoConversation(), others.getFirst(), others.getLast());
    }

    @Nested
    class Kept extends RollUpsContract {

        @Override
        protected RollUps rollUps() {
            return new SqliteRollUps(database);
        }
    }
}
