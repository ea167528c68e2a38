package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key as text: all that is not changed any more, its id apart. */
final class KeyRecord {

    private KeyRecord() {}

    static String write(ApiKey key) {
        var access = key.access();
        var rates = access.rates();
        var budget = access.budget();
        var fields = new ArrayList<@Nullable String>();
        fields.add(key.name());
        fields.add(key.digest());
        fields.add(access.tenant());
        fields.add(scopes(access.permissions()));
        fields.add(Fields.join(access.models().patterns()));
        fields.add(text(rates.requestsPerMinute()));
        fields.add(text(rates.requestsPerDay()));
        fields.add(text(rates.tokensPerMinute()));
        fields.add(text(rates.tokensPerDay()));
        fields.add(budget == null ? null : Long.toString(budget.nanodollars()));
        fields.add(budget == null ? null : budget.period().wire());
        fields.add(Long.toString(Micros.of(key.createdAt())));
        var expiresAt = key.expiresAt();
        fields.add(expiresAt == null ? null : Long.toString(Micros.of(expiresAt)));
        return Fields.join(fields);
    }

    static ApiKey read(String id, String text, @Nullable Instant revokedAt) {
        var fields = Fields.split(text).iterator();
        String name = next(fields);
        String digest = next(fields);
        String tenant = next(fields);
        var permissions = permissions(next(fields));
        var models = new AllowedModels(Fields.split(next(fields)).stream()
                .<String>map(model -> requireNonNull(model))
                .toList());
        var rates = new Rates(number(fields), number(fields), number(fields), number(fields));
        var budget = budget(number(fields), fields.next());
        var createdAt = Micros.instant(Long.parseLong(next(fields)));
        Long expiresAt = number(fields);
        return new ApiKey(
                id,
                name,
                digest,
                new Access(tenant, permissions, models, rates, budget),
                createdAt,
                expiresAt == null ? null : Micros.instant(expiresAt),
                revokedAt);
    }

    private static String next(Iterator<@Nullable String> fields) {
        return requireNonNull(fields.next());
    }

    private static @Nullable Long number(Iterator<@Nullable String> fields) {
        String text = fields.next();
        return text == null ? null : Long.valueOf(text);
    }

    private static @Nullable String text(@Nullable Long number) {
        return number == null ? null : number.toString();
    }

    private static @Nullable Budget budget(@Nullable Long nanodollars, @Nullable String period) {
        return nanodollars == null || period == null
                ? null
                : new Budget(nanodollars, Budget.Period.valueOf(period.toUpperCase(Locale.ROOT)));
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
}
