package io.perpetua.adapters.sqlite;

import io.perpetua.application.conversation.Statistics;
import io.perpetua.domain.mode.Mode;
import jakarta.inject.Singleton;
import java.util.EnumMap;

/** How much the record holds, in SQLite, added up from the heads of all conversations. */
@Singleton
@Embedded
final class SqliteStatistics implements Statistics {

    private static final String SUMS = "SELECT mode, count(*), sum(turns), sum(tokens) FROM conversation GROUP BY mode";

    private final Database database;

    SqliteStatistics(Database database) {
        this.database = database;
    }

    private record Sum(Mode mode, long conversations, long turns, long tokens) {}

    @Override
    public Totals totals() {
        var sums = database.read(session -> session.list(
                SUMS, row -> new Sum(Mode.valueOf(row.getString(1)), row.getLong(2), row.getLong(3), row.getLong(4))));
        var modes = new EnumMap<Mode, Long>(Mode.class);
        sums.forEach(sum -> modes.put(sum.mode, sum.conversations));
        return new Totals(
                sums.stream().mapToLong(Sum::conversations).sum(),
                sums.stream().mapToLong(Sum::turns).sum(),
                sums.stream().mapToLong(Sum::tokens).sum(),
                modes);
    }
}
