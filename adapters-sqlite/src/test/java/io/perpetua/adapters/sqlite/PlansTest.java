package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.FactFilter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements that are run for every request find their rows by an index. */
class PlansTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Heads.CALLED,
                Heads.LISTED,
                Heads.HOLDING,
                Heads.PATH,
                Heads.ROOTED,
                ArchivedParts.REACH,
                SqliteArchive.BRANCHES,
                SqliteArchive.GROWN,
                SqliteArchive.ROOT,
                SqliteArchive.SIZES,
                SqliteTallies.OF,
                Turns.ON_PATH,
                Turns.ON_BRANCH,
                Turns.TOKENS_ON_PATH,
                Growth.TIP,
                Growth.OWN_BRANCH,
                FactRows.BY_ID,
                FactRows.BY_IDENTITY,
                FactRows.LATEST,
                FactRows.SOURCES,
                FactRows.SPANS,
                SqliteFacts.ALL,
                SqliteFacts.COUNT,
                SqliteFacts.READ,
                SqliteAnchors.OF,
                SqliteAnswerCache.OF,
                SqliteAnswerCache.SLOTS,
                SqliteAnswerCache.FREE,
                SqliteAnswerCache.EXPIRED,
                SqliteApiKeys.OF,
                SqliteBriefs.OF,
                DocumentRows.OF,
                DocumentRows.LISTED,
                DocumentRows.ALL,
                DocumentRows.ROW,
                DocumentRows.BOUND,
                RegionRows.OF,
                RegionRows.OF_PAGE,
                RegionRows.PAGES,
                RegionRows.PAGE,
                JobRows.OF,
                JobRows.ROW,
                JobRows.OF_DOCUMENT,
                JobRows.BOUND,
                JobRows.OVER,
                SqliteDocuments.KNOWN,
                SqliteOutbox.PENDING,
                SqliteOutbox.LONGEST_PATH,
                SqliteOutbox.UNUSED,
                SqliteQuotas.OF,
                SqliteQuotas.OVER,
                SqliteSpending.OF,
                SqliteSpending.OVER,
                SqliteSpending.RESERVED,
                SqliteSpending.LOST,
                SqliteStandings.OF
            })
    void plan_hotStatement_scansNoTable(String sql) {
        assertThat(plan(sql)).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
    }

    /** Each part by itself, and what turns ask. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void plan_factsByAPart_goesByItsIndex(int part) {
        String[] parts = new String[6];
        if (part < parts.length) {
            parts[part] = "x";
        }
        var filter = new FactFilter(
                parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], 0, part == 4 ? Instant.EPOCH : null);
        var query = new FactQuery(new Scope("t", "n"), filter);

        assertThat(plan(query.page(null))).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
        assertThat(plan(query.counting())).isNotEmpty().noneMatch(step -> step.startsWith("SCAN"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Turns.ON_PATH, Turns.ON_BRANCH, Turns.TOKENS_ON_PATH})
    void plan_rangeOfTurns_goesByPlace(String sql) {
        assertThat(plan(sql))
                .anyMatch(step -> step.contains("USING INDEX turn_by_place (branch=? AND number>? AND number<?)"));
    }

    @ParameterizedTest
    @ValueSource(ints = SqliteConversations.CHUNK)
    void plan_recognition_goesByFingerprintAlone(int chunk) {
        assertThat(SqliteConversations.LONGEST.chars().filter(c -> c == '?').count())
                .isEqualTo(chunk);
        assertThat(plan(SqliteConversations.LONGEST))
                .anyMatch(step -> step.contains("USING COVERING INDEX turn_by_fingerprint (fingerprint=?)"));
    }

    private List<String> plan(String sql) {
        try (var database = new Database(directory)) {
            return database.read(session -> session.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail")));
        }
    }
}
