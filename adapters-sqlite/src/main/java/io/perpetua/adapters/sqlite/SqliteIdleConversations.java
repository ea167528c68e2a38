package io.perpetua.adapters.sqlite;

import io.perpetua.application.conversation.IdleConversations;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Conversations by when somebody added to them last, in SQLite. */
@Singleton
@Embedded
final class SqliteIdleConversations implements IdleConversations {

    private static final int MOST = 64;

    private static final String IDLE = """
            SELECT pk, tenant, namespace, id FROM conversation WHERE pk > ? AND active < ? ORDER BY pk LIMIT ?
            """;
    private static final String IS_IDLE = """
            SELECT count(*) FROM conversation WHERE tenant = ? AND namespace = ? AND id = ? AND active < ?
            """;

    private final Database database;

    SqliteIdleConversations(Database database) {
        this.database = database;
    }

    private record Found(long pk, ConversationKey key) {}

    @Override
    public Look look(Instant before, @Nullable String cursor) {
        long after = cursor == null ? 0 : Long.parseLong(cursor);
        var found = database.read(session -> session.list(
                IDLE,
                row -> new Found(
                        row.getLong(1),
                        new ConversationKey(new Scope(row.getString(2), row.getString(3)), row.getString(4))),
                after,
                before.getEpochSecond(),
                MOST));
        return new Look(
                found.stream().map(Found::key).toList(),
                found.size() < MOST ? null : Long.toString(found.getLast().pk));
    }

    @Override
    public boolean erase(ConversationKey key, Instant before) {
        return database.erase(session -> session.number(
                                IS_IDLE,
                                key.scope().tenant(),
                                key.scope().namespace(),
                                key.id(),
                                before.getEpochSecond())
                        > 0
                && Erasure.erase(session, key));
    }
}
