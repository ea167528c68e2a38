package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.Heads.Head;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of turns. */
final class Turns {

    private static final String COLUMNS = """
            SELECT number, role, text, t.name, tool_calls, tool_call_id, media, wire, at, tokens, fingerprint FROM turn t
            """;
    /** One pair of bounds, since an index serves one: with two pairs it may be the wider one. */
    static final String ON_PATH = COLUMNS + """
            JOIN segment s ON s.branch = t.branch AND t.number BETWEEN max(s.first, ?2) AND min(s.last, ?3)
            WHERE s.conversation = ?1 ORDER BY s.ordinal, t.number
            """;

    static final String TOKENS_ON_PATH = """
            SELECT ifnull(sum(t.tokens), 0) FROM segment s
            JOIN turn t ON t.branch = s.branch AND t.number BETWEEN s.first AND min(s.last, ?2)
            WHERE s.conversation = ?1
            """;
    static final String ON_BRANCH = COLUMNS + "WHERE branch = ? AND number BETWEEN ? AND ? ORDER BY number";
    private static final String ADD = """
            INSERT INTO turn (branch, number, role, text, name, tool_calls, tool_call_id, media, wire, at, tokens,
              fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private Turns() {}

    /** Turns of a conversation's path. */
    static List<Turn> onPath(Session session, long conversation, List<TurnRange> ranges) throws SQLException {
        List<Turn> turns = new ArrayList<>();
        for (TurnRange range : TurnRange.apart(ranges)) {
            turns.addAll(session.list(ON_PATH, Turns::turn, conversation, range.first(), range.last()));
        }
        return turns;
    }

    /** What the first {@code turns} turns of a conversation's path cost together; for all of them the ledger knows. */
    static long tokens(Session session, Head head, int turns) throws SQLException {
        return turns >= head.conversation().turns()
                ? head.conversation().tokens()
                : session.number(TOKENS_ON_PATH, head.pk(), turns);
    }

    static List<Turn> onBranch(Session session, long branch, int first, int last) throws SQLException {
        return session.list(ON_BRANCH, Turns::turn, branch, first, last);
    }

    static void add(Session session, long branch, int number, NewTurn turn, Fingerprint fingerprint)
            throws SQLException {
        Message message = turn.message();
        session.update(
                ADD,
                branch,
                number,
                message.role().wire(),
                message.text(),
                message.name(),
                Fields.ofCalls(message.toolCalls()),
                message.toolCallId(),
                Fields.ofMedia(message.media()),
                message.wire(),
                Instants.micros(turn.at()),
                turn.tokens(),
                fingerprint.bytes());
    }

    static List<ArchivedTurn> archived(Session session, long branch, int first, int last) throws SQLException {
        return session.list(
                ON_BRANCH, row -> new ArchivedTurn(turn(row), Fingerprint.of(row.getBytes(11))), branch, first, last);
    }

    private static Turn turn(ResultSet row) throws SQLException {
        Role role = Role.of(row.getString(2));
        if (role == null) {
            throw new SQLException("no role is called " + row.getString(2));
        }
        var message = new Message(
                role,
                row.getString(3),
                row.getString(4),
                Fields.calls(row.getString(5)),
                row.getString(6),
                Fields.media(row.getString(7)),
                row.getString(8));
        return new Turn(row.getInt(1), message, Instants.instant(row.getLong(9)), row.getInt(10));
    }
}
