package io.perpetua.adapters.sqlite;

import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anchors, in SQLite. */
@Singleton
@Embedded
final class SqliteAnchors implements Anchors {

    static final String OF = """
            SELECT id, text, tag, priority, origin, turn, subject, at FROM anchor WHERE conversation = ? ORDER BY at, pk
            """;
    private static final String ADD = """
            INSERT INTO anchor (conversation, id, text, tag, priority, origin, turn, subject, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;

    SqliteAnchors(Database database) {
        this.database = database;
    }

    @Override
    public List<Anchor> of(ConversationKey key) {
        return database.read(session -> {
            Long conversation = Heads.row(session, key);
            return conversation == null ? List.<Anchor>of() : of(session, conversation);
        });
    }

    private static List<Anchor> of(Session session, long conversation) throws SQLException {
        return session.list(
                OF,
                row -> new Anchor(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        Origin.valueOf(row.getString(5)),
                        row.getInt(6),
                        row.getString(7),
                        Instants.instant(row.getLong(8))),
                conversation);
    }

    @Override
    public @Nullable Anchor put(ConversationKey key, Anchor anchor) {
        return database.write(session -> {
            Long conversation = Heads.row(session, key);
            return conversation == null ? null : put(session, conversation, anchor);
        });
    }

    private static Anchor put(Session session, long conversation, Anchor anchor) throws SQLException {
        List<Anchor> others = of(session, conversation);
        for (Anchor other : others) {
            if (!other.id().equals(anchor.id()) && standsInTheWay(other, anchor)) {
                return other;
            }
        }
        for (Anchor other : others) {
            if (other.id().equals(anchor.id()) || sameSubject(other, anchor)) {
                Erasure.anchor(session, conversation, other.id());
            }
        }
        session.update(
                ADD,
                conversation,
                anchor.id(),
                anchor.text(),
                anchor.tag(),
                anchor.priority(),
                anchor.origin().name(),
                anchor.turn(),
                anchor.subject(),
                Instants.micros(anchor.at()));
        return anchor;
    }

    private static boolean standsInTheWay(Anchor other, Anchor anchor) {
        return other.text().equals(anchor.text())
                || (sameSubject(other, anchor) && other.at().isAfter(anchor.at()));
    }

    private static boolean sameSubject(Anchor one, Anchor other) {
        return one.origin() == Origin.DETECTED
                && other.origin() == Origin.DETECTED
                && one.subject() != null
                && one.subject().equals(other.subject());
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        return database.write(session -> {
            Long conversation = Heads.row(session, key);
            return conversation != null && Erasure.anchor(session, conversation, anchorId);
        });
    }
}
