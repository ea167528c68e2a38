package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.Heads.Head;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.transfer.Archive.Added;
import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Archive.Stretch;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.KeptAnchors.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * All of a part is compared with what is there before any of it is written. A branch that some conversation has on its path
 * grows by that conversation alone: turns that would follow those are another story of the same name, and conflict.
 *
 * A conversation that was added has a place below 0 in the order of growth until it is given one.
 */
/** How parts of families are added. */
final class ArchivedParts {

    static final String REACH = "SELECT ifnull(max(last), ?) FROM segment WHERE branch = ?";

    private ArchivedParts() {}

    static Added add(Session session, Part part) throws SQLException {
        var missing = new ArrayList<Stretch>();
        for (Stretch stretch : part.turns()) {
            String conflict = compare(session, part.scope(), stretch, missing);
            if (conflict != null) {
                return Added.conflicting(conflict);
            }
        }
        var absent = new ArrayList<ArchivedConversation>();
        for (ArchivedConversation each : part.conversations()) {
            Head there = Heads.find(session, each.conversation().key());
            if (there == null) {
                absent.add(each);
            } else if (!same(session, there, each)) {
                return Added.conflicting(
                        "conversation " + name(each.conversation().key()));
            }
        }
        int turns = 0;
        for (Stretch stretch : missing) {
            turns += stretch.turns().size();
            write(session, part.scope(), stretch);
        }
        for (ArchivedConversation each : absent) {
            write(session, each);
        }
        return new Added(absent.size(), turns, null);
    }

    /** Adds what is missing of a stretch to {@code missing}. Returns what conflicts, or null. */
    private static @Nullable String compare(Session session, Scope scope, Stretch stretch, List<Stretch> missing)
            throws SQLException {
        Long branch = branch(session, scope, stretch.branch());
        Map<Integer, ArchivedTurn> there = new HashMap<>();
        if (branch != null) {
            Turns.archived(session, branch, stretch.first(), stretch.last())
                    .forEach(turn -> there.put(turn.turn().number(), turn));
        }
        boolean used = branch != null && session.number(REACH, 0, branch) > 0;
        var absent = new ArrayList<ArchivedTurn>();
        for (ArchivedTurn turn : stretch.turns()) {
            ArchivedTurn found = there.get(turn.turn().number());
            if (found == null ? used : !found.equals(turn)) {
                return "turn " + turn.turn().number() + " of " + name(new ConversationKey(scope, stretch.branch()));
            }
            if (found == null) {
                absent.add(turn);
            }
        }
        if (!absent.isEmpty()) {
            missing.add(new Stretch(stretch.branch(), absent));
        }
        return null;
    }

    private static String name(ConversationKey key) {
        return key.scope().tenant() + "/" + key.scope().namespace() + "/" + key.id();
    }

    private static boolean same(Session session, Head there, ArchivedConversation other) throws SQLException {
        return there.conversation().equals(other.conversation())
                && SqliteAnchors.of(session, there.pk()).equals(other.anchors())
                && Objects.equals(SqliteBriefs.of(session, there.pk()), other.brief());
    }

    private static void write(Session session, Scope scope, Stretch stretch) throws SQLException {
        Long found = branch(session, scope, stretch.branch());
        long branch = found == null ? made(session, scope, stretch.branch()) : found;
        for (ArchivedTurn each : stretch.turns()) {
            var turn = each.turn();
            Turns.add(
                    session,
                    branch,
                    turn.number(),
                    new NewTurn(turn.message(), turn.at(), turn.tokens(), List.of()),
                    each.fingerprint());
        }
    }

    private static long made(Session session, Scope scope, String name) throws SQLException {
        return session.insert(
                "INSERT INTO branch (tenant, namespace, name) VALUES (?, ?, ?)",
                scope.tenant(),
                scope.namespace(),
                name);
    }

    /** The row of a branch, or null when there is none. */
    static @Nullable Long branch(Session session, Scope scope, String name) throws SQLException {
        return session.first(
                "SELECT pk FROM branch WHERE tenant = ? AND namespace = ? AND name = ?",
                row -> row.getLong(1),
                scope.tenant(),
                scope.namespace(),
                name);
    }

    private static void write(Session session, ArchivedConversation each) throws SQLException {
        Conversation head = each.conversation();
        long pk = session.insert(
                """
                INSERT INTO conversation (tenant, namespace, id, user, turns, tokens, mode, forked_from, created_at,
                  updated_at, grown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                head.key().scope().tenant(),
                head.key().scope().namespace(),
                head.key().id(),
                head.user(),
                head.turns(),
                head.tokens(),
                head.mode().name(),
                head.forkedFrom(),
                Instants.micros(head.createdAt()),
                Instants.micros(head.updatedAt()));
        session.update("UPDATE conversation SET grown = -pk WHERE pk = ?", pk);
        int ordinal = 0;
        for (PathSegment segment : head.path()) {
            write(session, pk, ordinal++, head, segment);
        }
        SqliteAnchors.make(session, pk, new Change(each.anchors(), List.of()));
        if (each.brief() != null) {
            SqliteBriefs.add(session, pk, each.brief());
        }
    }

    private static void write(Session session, long conversation, int ordinal, Conversation head, PathSegment segment)
            throws SQLException {
        Long branch = branch(session, head.key().scope(), segment.branch());
        long turns = session.number(
                "SELECT count(*) FROM turn WHERE branch = ? AND number BETWEEN ? AND ?",
                branch,
                segment.first(),
                segment.last());
        if (branch == null || turns < segment.turns()) {
            throw new IllegalArgumentException("conversation " + name(head.key()) + " lacks turns of its branch "
                    + segment.branch() + ", of which there are " + turns);
        }
        long reached = session.number(REACH, segment.first() - 1, branch);
        if (reached < segment.last()) { // what others have on their paths is in the outbox already, or in the index
            Growth.log(session, branch, (int) reached + 1, segment.last());
        }
        session.update(
                "INSERT INTO segment (conversation, ordinal, branch, first, last) VALUES (?, ?, ?, ?, ?)",
                conversation,
                ordinal,
                branch,
                segment.first(),
                segment.last());
    }

    /** Gives a conversation without a place in the order of growth the last one. */
    static void grew(Session session, ConversationKey key) throws SQLException {
        Long row = Heads.row(session, key);
        if (row != null && session.number("SELECT grown FROM conversation WHERE pk = ?", row) < 0) {
            session.update("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'outbox'");
            session.update(
                    "UPDATE conversation SET grown = (SELECT seq FROM sqlite_sequence WHERE name = 'outbox') WHERE pk = ?",
                    row);
        }
    }
}
