package io.perpetua.bootstrap.keys;

import io.perpetua.bootstrap.Complaint;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.conversation.Names;
import io.perpetua.domain.conversation.Scope;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new key may do and use, as options of the command line. */
final class AccessOptions {

    private static final int LAST_YEAR = 9999;

    @Option(
            names = "--tenant",
            defaultValue = Scope.DEFAULT_TENANT,
            paramLabel = "TENANT",
            description = "Whose conversations and facts it reads and writes (default: ${DEFAULT-VALUE}).")
    private String tenant = Scope.DEFAULT_TENANT;

    @Option(
            names = "--scopes",
            defaultValue = "chat,memory",
            paramLabel = "LIST",
            description = "Some of chat, memory, facts, vision, commands, admin (default: ${DEFAULT-VALUE}).")
    private String scopes = "chat,memory";

    @Option(
            names = "--models",
            paramLabel = "LIST",
            description = "The models that it may ask, such as openai/gpt-4o,groq/*; every one by default.")
    private @Nullable String models;

    @Option(names = "--requests-per-minute", paramLabel = "N", description = "Most requests in a minute.")
    private @Nullable String requestsPerMinute;

    @Option(names = "--requests-per-day", paramLabel = "N", description = "Most requests in a day of UTC.")
    private @Nullable String requestsPerDay;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "Most tokens in a minute, of prompts and answers together.")
    private @Nullable String tokensPerMinute;

    @Option(names = "--tokens-per-day", paramLabel = "N", description = "Most tokens in a day of UTC.")
    private @Nullable String tokensPerDay;

    @Option(names = "--budget", paramLabel = "DOLLARS", description = "Most dollars in a period, such as 25 or 0.50.")
    private @Nullable String budget;

    @Option(
            names = "--budget-period",
            paramLabel = "PERIOD",
            description = "What the budget is for: total, or a day or month of UTC; total by default.")
    private @Nullable String budgetPeriod;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "When it ends: a date such as 2027-01-01, whose beginning by UTC is meant, or a time such as "
                    + "2027-01-01T12:00:00Z; never by default.")
    private @Nullable String expires;

    /**
     * What the options come to.
     *
     * @throws Complaint naming the option, what was found and what was expected
     */
    Access access() {
        return new Access(tenant(), permissions(), models(), rates(), budget());
    }

    /**
     * When the key ends, null for never.
     *
     * @throws Complaint when that is no time, or not to come
     */
    @Nullable
    Instant expiresAt(Instant now) {
        if (expires == null) {
            return null;
        }
        Instant at = instant(expires);
        if (!at.isAfter(now)) {
            throw wrong("--expires", expires, "a time to come");
        }
        return at;
    }

    private String tenant() {
        if (!Names.valid(tenant)) {
            throw wrong("--tenant", tenant, "1 to 256 printable characters");
        }
        return tenant;
    }

    private Set<Permission> permissions() {
        var permissions = EnumSet.noneOf(Permission.class);
        for (String word : listed(scopes)) {
            Permission permission = Permission.of(word);
            if (permission == null) {
                throw wrong("--scopes", word, "some of " + everyPermission());
            }
            permissions.add(permission);
        }
        return permissions;
    }

    private static String everyPermission() {
        return Arrays.stream(Permission.values()).map(Permission::wire).collect(Collectors.joining(", "));
    }

    private AllowedModels models() {
        try {
            return models == null ? AllowedModels.ALL : new AllowedModels(listed(models));
        } catch (IllegalArgumentException e) {
            throw new Complaint("--models: " + e.getMessage() + ".");
        }
    }

    private Rates rates() {
        return new Rates(
                limit("--requests-per-minute", requestsPerMinute),
                limit("--requests-per-day", requestsPerDay),
                limit("--tokens-per-minute", tokensPerMinute),
                limit("--tokens-per-day", tokensPerDay));
    }

    private static @Nullable Long limit(String option, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            long limit = Long.parseLong(value);
            if (limit >= 1 && limit <= Rates.MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of bounds is.
        }
        throw wrong(option, value, "a whole number from 1 to " + Rates.MOST);
    }

    private @Nullable Budget budget() {
        if (budget == null) {
            if (budgetPeriod != null) {
                throw new Complaint("--budget-period: found '" + budgetPeriod + "' without a --budget.");
            }
            return null;
        }
        try {
            return Budget.of(new BigDecimal(budget), period());
        } catch (IllegalArgumentException e) {
            throw wrong("--budget", budget, "dollars, more than 0 and at most nine billion, such as 25 or 0.50");
        }
    }

    private Budget.Period period() {
        String word = budgetPeriod == null ? Budget.Period.TOTAL.wire() : budgetPeriod;
        return Arrays.stream(Budget.Period.values())
                .filter(period -> period.wire().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong("--budget-period", word, "total, day or month"));
    }

    private static Instant instant(String text) {
        try {
            Instant at = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (at.atOffset(ZoneOffset.UTC).getYear() <= LAST_YEAR) {
                return at;
            }
        } catch (DateTimeException e) {
            // Told below, as a time in the far future is.
        }
        throw wrong("--expires", text, "a date such as 2027-01-01 or a time such as 2027-01-01T12:00:00Z");
    }

    private static List<String> listed(String words) {
        return Arrays.stream(words.split(",", -1)).map(String::strip).toList();
    }

    static Complaint wrong(String what, String found, String expected) {
        return new Complaint(what + ": expected " + expected + ", found '" + found + "'.");
    }
}
