package io.perpetua.adapters.sqlite;

import io.perpetua.domain.conversation.TurnRange;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which appends have been made, remembered for two days. */
final class Requests {

    /** As many as go at a time: more than come, so that none stay. */
    private static final String TRIM = """
            DELETE FROM request WHERE at < unixepoch() - 2 * 86400
              AND pk IN (SELECT pk FROM request ORDER BY pk LIMIT 4)
            """;

    private Requests() {}

    /** The numbers of the turns that the append of this name wrote; null when there was none. */
    static @Nullable TurnRange done(Session session, String name) throws SQLException {
        return session.first(
                "SELECT first, last FROM request WHERE name = ?",
                row -> new TurnRange(row.getInt(1), row.getInt(2)),
                name);
    }

    static void note(Session session, String name, TurnRange range) throws SQLException {
        session.update(TRIM);
        session.update(
                "INSERT INTO request (name, first, last, at) VALUES (?, ?, ?, unixepoch())",
                name,
                range.first(),
                range.last());
    }
}
