package io.perpetua.adapters.sqlite;

import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Change;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;

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

    static List<Anchor> of(Session session, long conversation) throws SQLException {
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

    /** Keeps what was detected in turns that have just been written. */
    static void detected(Session session, long conversation, List<Anchor> detected) throws SQLException {
        if (!detected.isEmpty()) {
            make(session, conversation, KeptAnchors.adding(of(session, conversation), detected));
        }
    }

    @Override
    public Pinning pin(ConversationKey key, Anchor anchor) {
        return database.write(session -> {
            Long conversation = Heads.row(session, key);
            return conversation == null ? Pinning.Refused.NO_CONVERSATION : pin(session, conversation, anchor);
        });
    }

    private static Pinning pin(Session session, long conversation, Anchor anchor) throws SQLException {
        List<Anchor> kept = of(session, conversation);
        Anchor pinned = KeptAnchors.pinned(kept, anchor);
        if (pinned == null) {
            return Pinning.Refused.TOO_MANY;
        }
        if (!kept.contains(pinned)) {
            make(session, conversation, new Change(List.of(pinned), List.of()));
        }
        return new Pinning.Kept(pinned);
    }

    static void make(Session session, long conversation, Change change) throws SQLException {
        for (Anchor dropped : change.dropped()) {
            Erasure.anchor(session, conversation, dropped.id());
        }
        for (Anchor anchor : change.added()) {
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
        }
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        return database.write(session -> {
            Long conversation = Heads.row(session, key);
            if (conversation == null) {
                return false;
            }
            var gone = KeptAnchors.removing(of(session, conversation), anchorId);
            make(session, conversation, new Change(List.of(), gone));
            return !gone.isEmpty();
        });
    }
}
