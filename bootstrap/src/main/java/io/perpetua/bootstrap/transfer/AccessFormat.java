package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.Tallies.Spent;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of API keys, of which there are only digests, and of what was spent. */
final class AccessFormat {

    private AccessFormat() {}

    static ObjectNode key(ApiKey key) {
        var access = key.access();
        var node = EntryFormat.JSON
                .createObjectNode()
                .put("id", key.id())
                .put("name", key.name())
                .put("digest", key.digest())
                .put("tenant", access.tenant());
        var scopes = node.putArray("scopes");
        access.permissions().stream().sorted().forEach(each -> scopes.add(each.wire()));
        if (!access.models().patterns().isEmpty()) {
            var models = node.putArray("models");
            access.models().patterns().forEach(models::add);
        }
        var rates = access.rates();
        put(node, "requests_per_minute", rates.requestsPerMinute());
        put(node, "requests_per_day", rates.requestsPerDay());
        put(node, "tokens_per_minute", rates.tokensPerMinute());
        put(node, "tokens_per_day", rates.tokensPerDay());
        if (access.budget() != null) {
            node.putObject("budget")
                    .put("nanodollars", access.budget().nanodollars())
                    .put("period", access.budget().period().wire());
        }
        put(node, "created_at", key.createdAt());
        put(node, "expires_at", key.expiresAt());
        put(node, "revoked_at", key.revokedAt());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Long number -> node.put(name, number);
            default -> node.put(name, value.toString());
        }
    }

    static ApiKey key(FieldsOf fields) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String scope : fields.texts("scopes")) {
            Permission permission = Permission.of(scope);
            if (permission == null) {
                throw fields.wrong("scopes", "scopes that are known");
            }
            permissions.add(permission);
        }
        return new ApiKey(
                fields.text("id"),
                fields.text("name"),
                fields.text("digest"),
                new Access(
                        fields.text("tenant"),
                        permissions,
                        new AllowedModels(fields.texts("models")),
                        new Rates(
                                fields.numberOrNull("requests_per_minute"),
                                fields.numberOrNull("requests_per_day"),
                                fields.numberOrNull("tokens_per_minute"),
                                fields.numberOrNull("tokens_per_day")),
                        budget(fields.objectOrNull("budget"))),
                fields.instant("created_at"),
                fields.instantOrNull("expires_at"),
                fields.instantOrNull("revoked_at"));
    }

    private static @Nullable Budget budget(@Nullable FieldsOf fields) {
        return fields == null ? null : new Budget(fields.number("nanodollars"), period(fields));
    }

    static ObjectNode spent(Spent spent) {
        return EntryFormat.JSON
                .createObjectNode()
                .put("account", spent.account())
                .put("period", spent.period().wire())
                .put("start", spent.start().toString())
                .put("nanodollars", spent.nanodollars());
    }

    static Spent spent(FieldsOf fields) {
        return new Spent(fields.text("account"), period(fields), fields.instant("start"), fields.number("nanodollars"));
    }

    private static Period period(FieldsOf fields) {
        return fields.word("period", word -> ConversationFormat.of(Period.values(), word));
    }
}
