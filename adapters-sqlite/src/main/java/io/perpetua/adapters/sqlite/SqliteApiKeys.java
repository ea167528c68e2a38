package io.perpetua.adapters.sqlite;

import io.perpetua.application.access.ApiKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys in SQLite, without their secrets. */
@Singleton
@Embedded
final class SqliteApiKeys implements ApiKeys {

    private static final String COLUMNS = """
            SELECT id, name, digest, tenant, scopes, models, requests_per_minute, requests_per_day, tokens_per_minute,
              tokens_per_day, budget, budget_period, created_at, expires_at, revoked_at FROM api_key
            """;
    static final String OF = COLUMNS + "WHERE id = ?";
    private static final String LISTED = COLUMNS + "ORDER BY created_at, pk";
    private static final String ADD = """
            INSERT INTO api_key (id, name, digest, tenant, scopes, models, requests_per_minute, requests_per_day,
              tokens_per_minute, tokens_per_day, budget, budget_period, created_at, expires_at, revoked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """;
    private static final String REVOKE = "UPDATE api_key SET revoked_at = ifnull(revoked_at, ?) WHERE id = ?";

    private final Database database;

    SqliteApiKeys(Database database) {
        this.database = database;
    }

    @Override
    public void add(ApiKey key) {
        if (database.<Integer>write(session -> added(session, key)) == 0) {
            throw new IllegalArgumentException("there is a key " + key.id());
        }
    }

    private static int added(Session session, ApiKey key) throws SQLException {
        var access = key.access();
        var rates = access.rates();
        var budget = access.budget();
        return session.update(
                ADD,
                key.id(),
                key.name(),
                key.digest(),
                access.tenant(),
                scopes(access.permissions()),
                Fields.join(access.models().patterns()),
                rates.requestsPerMinute(),
                rates.requestsPerDay(),
                rates.tokensPerMinute(),
                rates.tokensPerDay(),
                budget == null ? null : budget.nanodollars(),
                budget == null ? null : budget.period().wire(),
                Instants.micros(key.createdAt()),
                micros(key.expiresAt()),
                micros(key.revokedAt()));
    }

    @Override
    public @Nullable ApiKey find(String id) {
        return database.read(session -> session.first(OF, SqliteApiKeys::key, id));
    }

    @Override
    public List<ApiKey> list() {
        return database.read(session -> session.list(LISTED, SqliteApiKeys::key));
    }

    @Override
    public boolean revoke(String id, Instant now) {
        return database.write(session -> session.update(REVOKE, Instants.micros(now), id) > 0);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new Access(
                        row.getString(4),
                        permissions(row.getString(5)),
                        new AllowedModels(Fields.split(row.getString(6))),
                        new Rates(number(row, 7), number(row, 8), number(row, 9), number(row, 10)),
                        budget(number(row, 11), row.getString(12))),
                Instants.instant(row.getLong(13)),
                instant(number(row, 14)),
                instant(number(row, 15)));
    }

    private static String scopes(Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::wire).collect(Collectors.joining(","));
    }

    private static Set<Permission> permissions(String scopes) {
        var permissions = EnumSet.noneOf(Permission.class);
        Arrays.stream(scopes.split(",", -1))
                .map(word -> Permission.valueOf(word.toUpperCase(Locale.ROOT)))
                .forEach(permissions::add);
        return permissions;
    }

    private static @Nullable Budget budget(@Nullable Long nanodollars, @Nullable String period) {
        return nanodollars == null || period == null
                ? null
                : new Budget(nanodollars, Budget.Period.valueOf(period.toUpperCase(Locale.ROOT)));
    }

    private static @Nullable Long micros(@Nullable Instant at) {
        return at == null ? null : Instants.micros(at);
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : Instants.instant(micros);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
