package io.perpetua.bootstrap.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyTableTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

    @Test
    void of_everyKindOfKey_saysWhatItMayAndHowItStands() {
        var all = new Access(
                "acme",
                EnumSet.of(Permission.MEMORY, Permission.CHAT),
                new AllowedModels(List.of("openai/gpt-4o", "groq/*")),
                new Rates(60L, null, null, 1_000_000L),
                new Budget(5_000_000_000L, Budget.Period.MONTH));
        var plain = new Access("local", EnumSet.of(Permission.ADMIN), AllowedModels.ALL, Rates.UNLIMITED, null);

        String table = KeyTable.of(
                List.of(
                        new KeyRow(key("aaaaaaaaaaaa", all, null, null), 123_450_001L),
                        new KeyRow(key("bbbbbbbbbbbb", plain, NOW, null), 0),
                        new KeyRow(key("cccccccccccc", plain, NOW.plusSeconds(1), NOON), 0)),
                NOW);

        assertThat(table.lines())
                .containsExactly(
                        "id            name  tenant  scopes       models                limits"
                                + "                               budget                  created               expires"
                                + "               state",
                        "aaaaaaaaaaaa  🚀     acme    chat,memory  openai/gpt-4o,groq/*  60 requests/min,"
                                + " 1000000 tokens/day  $0.1235 of $5.00 month  2026-01-01T12:00:00Z  never"
                                + "                 good",
                        "bbbbbbbbbbbb  🚀     local   admin        -                     -"
                                + "                                    -                       2026-01-01T12:00:00Z"
                                + "  2026-02-01T12:00:00Z  expired",
                        "cccccccccccc  🚀     local   admin        -                     -"
                                + "                                    -                       2026-01-01T12:00:00Z"
                                + "  2026-02-01T12:00:01Z  revoked");
    }

    private static ApiKey key(String id, Access access, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new ApiKey(id, "🚀", "0d1e2f", access, NOON, expiresAt, revokedAt);
    }
}
