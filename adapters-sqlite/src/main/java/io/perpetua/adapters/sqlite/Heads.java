package io.perpetua.adapters.sqlite;

import static java.util.Objects.requireNonNull;

import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of conversations and their paths. */
final class Heads {

    private static final String COLUMNS = """
            SELECT c.pk, c.tenant, c.namespace, c.id, c.user, c.turns, c.tokens, c.mode, c.forked_from,
              c.created_at, c.updated_at, c.grown FROM conversation c
            """;
    static final String CALLED = COLUMNS + "WHERE tenant = ? AND namespace = ? AND id = ?";
    static final String LISTED =
            COLUMNS + "WHERE tenant = ? AND namespace = ? AND grown < ? ORDER BY grown DESC LIMIT ?";
    static final String HOLDING = COLUMNS + """
            JOIN segment s ON s.conversation = c.pk
            JOIN turn t ON t.branch = s.branch AND t.number BETWEEN s.first AND s.last
            WHERE t.fingerprint = ? ORDER BY c.turns = t.number DESC, c.grown DESC LIMIT 1
            """;
    static final String ROOTED = COLUMNS + """
            JOIN segment s ON s.conversation = c.pk WHERE s.branch = ? AND s.ordinal = 0 ORDER BY c.pk
            """;
    static final String PATH = """
            SELECT b.name, s.first, s.last FROM segment s JOIN branch b ON b.pk = s.branch
            WHERE s.conversation = ? ORDER BY s.ordinal
            """;

    private Heads() {}

    /**
     * A stored conversation.
     *
     * @param pk its row
     * @param grown rises whenever any conversation grows
     */
    record Head(long pk, Conversation conversation, long grown) {}

    static @Nullable Head find(Session session, ConversationKey key) throws SQLException {
        return whole(session, session.first(CALLED, Heads::head, scoped(key)));
    }

    /** The row of a conversation, or null when there is none. */
    static @Nullable Long row(Session session, ConversationKey key) throws SQLException {
        return session.first(
                "SELECT pk FROM conversation WHERE tenant = ? AND namespace = ? AND id = ?",
                row -> row.getLong(1),
                scoped(key));
    }

    /** The conversations whose paths begin on a branch, the oldest first. */
    static List<Conversation> rootedIn(Session session, long branch) throws SQLException {
        List<Conversation> rooted = new ArrayList<>();
        for (Head head : session.list(ROOTED, Heads::head, branch)) {
            rooted.add(requireNonNull(whole(session, head)).conversation());
        }
        return rooted;
    }

    /** Of those that hold the turn of this fingerprint one that ends there, else the one that grew last. */
    static @Nullable Head holding(Session session, byte[] fingerprint) throws SQLException {
        return whole(session, session.first(HOLDING, Heads::head, fingerprint));
    }

    static List<Head> list(Session session, Scope scope, long grownBefore, int limit) throws SQLException {
        List<Head> heads = new ArrayList<>();
        for (Head head : session.list(LISTED, Heads::head, scope.tenant(), scope.namespace(), grownBefore, limit)) {
            heads.add(requireNonNull(whole(session, head)));
        }
        return heads;
    }

    private static @Nullable Object[] scoped(ConversationKey key) {
        return new @Nullable Object[] {key.scope().tenant(), key.scope().namespace(), key.id()};
    }

    private static @Nullable Head whole(Session session, @Nullable Head head) throws SQLException {
        if (head == null) {
            return null;
        }
        var path = session.list(PATH, row -> new PathSegment(row.getString(1), row.getInt(2), row.getInt(3)), head.pk);
        var c = head.conversation;
        return new Head(
                head.pk,
                new Conversation(
                        c.key(),
                        c.user(),
                        path,
                        c.turns(),
                        c.tokens(),
                        c.mode(),
                        c.forkedFrom(),
                        c.createdAt(),
                        c.updatedAt()),
                head.grown);
    }

    /** A head without its path yet. */
    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                new Conversation(
                        new ConversationKey(new Scope(row.getString(2), row.getString(3)), row.getString(4)),
                        row.getString(5),
                        List.of(),
                        row.getInt(6),
                        row.getLong(7),
                        Mode.valueOf(row.getString(8)),
                        row.getString(9),
                        Instants.instant(row.getLong(10)),
                        Instants.instant(row.getLong(11))),
                row.getLong(12));
    }
}
