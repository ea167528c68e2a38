package io.perpetua.adapters.sqlite;

import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of turns. */
final class Turns {

    private static final String COLUMNS = """
            SELECT number, role, text, t.name, tool_calls, tool_call_id, media, wire, at, tokens FROM turn t
            """;
    static final String ON_PATH = COLUMNS + """
            JOIN segment s ON s.branch = t.branch AND t.number BETWEEN s.first AND s.last
            WHERE s.conversation = ? AND s.first <= ? AND s.last >= ? AND t.number BETWEEN ? AND ?
            ORDER BY s.ordinal, t.number
            """;
    static final String TOKENS_ON_PATH = """
            SELECT sum(t.tokens) FROM turn t
            JOIN segment s ON s.branch = t.branch AND t.number BETWEEN s.first AND s.last
            WHERE s.conversation = ? AND s.first <= ? AND t.number <= ?
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
        for (TurnRange range : apart(ranges)) {
            turns.addAll(session.list(
                    ON_PATH, Turns::turn, conversation, range.last(), range.first(), range.first(), range.last()));
        }
        return turns;
    }

    /** What the first {@code turns} turns of a conversation's path cost together. */
    static long tokensOnPath(Session session, long conversation, int turns) throws SQLException {
        Long sum = session.first(TOKENS_ON_PATH, row -> row.getLong(1), conversation, turns, turns);
        return sum == null ? 0 : sum;
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

    /** The same numbers in ascending ranges that do not overlap. */
    private static List<TurnRange> apart(List<TurnRange> ranges) {
        List<TurnRange> apart = new ArrayList<>();
        for (TurnRange range : ranges.stream()
                .sorted(Comparator.comparingInt(TurnRange::first))
                .toList()) {
            if (apart.isEmpty() || apart.getLast().last() < range.first()) {
                apart.add(range);
            } else {
                TurnRange before = apart.removeLast();
                apart.add(new TurnRange(before.first(), Math.max(before.last(), range.last())));
            }
        }
        return apart;
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
