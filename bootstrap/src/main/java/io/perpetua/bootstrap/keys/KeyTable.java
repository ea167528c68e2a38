package io.perpetua.bootstrap.keys;

import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Keys as a table for people. */
final class KeyTable {

    private static final List<String> HEAD =
            List.of("id", "name", "tenant", "scopes", "models", "limits", "budget", "created", "expires", "state");
    private static final String NOTHING = "-";
    private static final int NANO = 9;
    private static final int CENTS = 2;
    private static final int TENTHS_OF_CENTS = 4;

    private KeyTable() {}

    static String of(List<KeyRow> keys, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        keys.forEach(key -> rows.add(row(key, now)));
        var widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static List<String> row(KeyRow row, Instant now) {
        var key = row.key();
        var access = key.access();
        return List.of(
                key.id(),
                key.name(),
                access.tenant(),
                access.permissions().stream().sorted().map(Permission::wire).collect(Collectors.joining(",")),
                access.models().patterns().isEmpty()
                        ? NOTHING
                        : String.join(",", access.models().patterns()),
                limits(access.rates()),
                budget(row),
                time(key.createdAt()),
                key.expiresAt() == null ? "never" : time(key.expiresAt()),
                state(key, now));
    }

    private static String state(ApiKey key, Instant now) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.good(now) ? "good" : "expired";
    }

    private static String limits(Rates rates) {
        var limits = new ArrayList<String>();
        add(limits, rates.requestsPerMinute(), " requests/min");
        add(limits, rates.requestsPerDay(), " requests/day");
        add(limits, rates.tokensPerMinute(), " tokens/min");
        add(limits, rates.tokensPerDay(), " tokens/day");
        return limits.isEmpty() ? NOTHING : String.join(", ", limits);
    }

    private static void add(List<String> limits, @Nullable Long limit, String unit) {
        if (limit != null) {
            limits.add(limit + unit);
        }
    }

    private static String budget(KeyRow row) {
        var budget = row.key().access().budget();
        return budget == null
                ? NOTHING
                : "$" + dollars(BigDecimal.valueOf(row.spent(), NANO).setScale(TENTHS_OF_CENTS, RoundingMode.UP))
                        + " of $" + dollars(budget.dollars()) + " "
                        + budget.period().wire();
    }

    private static String dollars(BigDecimal dollars) {
        var stripped = dollars.stripTrailingZeros();
        return stripped.setScale(Math.max(CENTS, stripped.scale())).toPlainString();
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - width(cell));
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
