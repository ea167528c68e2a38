package io.perpetua.adapters.sqlite;

import io.perpetua.application.brief.Briefs;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Briefs, in SQLite. */
@Singleton
@Embedded
final class SqliteBriefs implements Briefs {

    static final String OF = "SELECT text, covers_through, tokens FROM brief WHERE conversation = ?";

    private final Database database;

    SqliteBriefs(Database database) {
        this.database = database;
    }

    @Override
    public @Nullable Brief find(ConversationKey key) {
        return database.read(session -> {
            Long conversation = Heads.row(session, key);
            return conversation == null ? null : of(session, conversation);
        });
    }

    static @Nullable Brief of(Session session, long conversation) throws SQLException {
        return session.first(OF, row -> new Brief(row.getString(1), row.getInt(2), row.getInt(3)), conversation);
    }

    @Override
    public boolean replace(ConversationKey key, int expectedCovers, Brief brief) {
        return database.write(session -> {
            Long conversation = Heads.row(session, key);
            return conversation != null && replace(session, conversation, expectedCovers, brief);
        });
    }

    private static boolean replace(Session session, long conversation, int expectedCovers, Brief brief)
            throws SQLException {
        Brief before = of(session, conversation);
        if (expectedCovers != (before == null ? 0 : before.coversThrough())
                || brief.coversThrough()
                        > session.number("SELECT turns FROM conversation WHERE pk = ?", conversation)) {
            return false;
        }
        Erasure.brief(session, conversation);
        add(session, conversation, brief);
        return true;
    }

    static void add(Session session, long conversation, Brief brief) throws SQLException {
        session.update(
                "INSERT INTO brief (conversation, text, covers_through, tokens) VALUES (?, ?, ?, ?)",
                conversation,
                brief.text(),
                brief.coversThrough(),
                brief.tokens());
    }
}
