package io.perpetua.adapters.sqlite;

import io.perpetua.domain.conversation.ConversationKey;
import java.sql.SQLException;

/** How text is taken out of the file: rows that hold it are emptied where they stand (see the first migration). */
final class Erasure {

    private static final String EMPTY_TURNS = """
            UPDATE turn SET branch = NULL, role = '', fingerprint = NULL, name = NULL, tool_call_id = NULL,
              tool_calls = NULL, media = NULL, text = '', wire = '' WHERE branch = ? AND number > ?
            """;
    private static final String EMPTY_ANCHOR =
            "UPDATE anchor SET conversation = NULL, id = '', text = '', tag = NULL, subject = NULL ";
    private static final String EMPTY_BRIEF = "UPDATE brief SET conversation = NULL, text = '' WHERE conversation = ?";
    private static final String FORGET_NAME =
            "UPDATE journal SET conversation = NULL WHERE tenant = ? AND namespace = ? AND conversation = ?";

    private Erasure() {}

    private record Segment(long branch, int first) {}

    /** Erases a conversation. Returns whether there was one. */
    static boolean erase(Session session, ConversationKey key) throws SQLException {
        Long conversation = Heads.row(session, key);
        if (conversation == null) {
            return false;
        }
        var path = session.list(
                "SELECT branch, first FROM segment WHERE conversation = ?",
                row -> new Segment(row.getLong(1), row.getInt(2)),
                conversation);
        anchors(session, conversation);
        brief(session, conversation);
        session.update(FORGET_NAME, key.scope().tenant(), key.scope().namespace(), key.id());
        DocumentRows.eraseOf(session, key);
        session.update("DELETE FROM conversation WHERE pk = ?", conversation);
        for (Segment segment : path) {
            unshared(session, segment);
        }
        return true;
    }

    /** Erases a branch's turns, unless some conversation has it on its path. */
    static void unused(Session session, long branch) throws SQLException {
        if (session.number("SELECT count(*) FROM segment WHERE branch = ?", branch) == 0) {
            unshared(session, new Segment(branch, 1));
        }
    }

    /** Erases a branch's turns after the last that some conversation has on its path. */
    private static void unshared(Session session, Segment segment) throws SQLException {
        long kept = session.number(
                "SELECT ifnull(max(last), ?) FROM segment WHERE branch = ?", segment.first - 1, segment.branch);
        long size = session.number(
                "SELECT ifnull(sum(octet_length(text) + octet_length(wire)), 0) FROM turn WHERE branch = ? AND number > ?",
                segment.branch,
                kept);
        if (session.update(EMPTY_TURNS, segment.branch, kept) > 0) {
            session.update("INSERT INTO outbox (branch, first) VALUES (?, ?)", segment.branch, kept + 1);
            wasted(session, size);
        }
    }

    private static void anchors(Session session, long conversation) throws SQLException {
        session.update(EMPTY_ANCHOR + "WHERE conversation = ?", conversation);
    }

    static boolean anchor(Session session, long conversation, String id) throws SQLException {
        return session.update(EMPTY_ANCHOR + "WHERE conversation = ? AND id = ?", conversation, id) > 0;
    }

    static void brief(Session session, long conversation) throws SQLException {
        wasted(
                session,
                session.number(
                        "SELECT ifnull(sum(octet_length(text)), 0) FROM brief WHERE conversation = ?", conversation));
        session.update(EMPTY_BRIEF, conversation);
    }

    static void wasted(Session session, long bytes) throws SQLException {
        session.update("UPDATE waste SET bytes = bytes + ?", bytes);
    }
}
