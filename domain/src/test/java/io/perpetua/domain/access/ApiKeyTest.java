package io.perpetua.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.conversation.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Access ACCESS =
            new Access("acme", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);

    @Test
    void good_noEndSet_isTrueForEver() {
        assertThat(key("ci", null, null).good(Instant.MAX)).isTrue();
    }

    @Test
    void good_endsWithTheInstantItExpires() {
        var key = key("ci", NOON, null);

        assertThat(key.good(NOON.minusNanos(1))).isTrue();
        assertThat(key.good(NOON)).isFalse();
        assertThat(key.good(NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void good_revoked_isFalseWhateverTheClockSays() {
        var key = key("ci", NOON.plusSeconds(60), NOON);

        assertThat(key.good(NOON.plusSeconds(1))).isFalse();
        assertThat(key.good(NOON.minusSeconds(1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "\u001b[31m"})
    void key_nameThatNobodyCanRead_isRefused(String name) {
        assertThatThrownBy(() -> key(name, null, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_holdsNoDigest() {
        assertThat(key("ci", null, null)).hasToString("perp-0123456789ab (ci)");
    }

    @Test
    void access_forNothingOrNobody_isRefused() {
        assertThatThrownBy(() ->
                        new Access("acme", EnumSet.noneOf(Permission.class), AllowedModels.ALL, Rates.UNLIMITED, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Access(" ", EnumSet.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void caller_ofAKey_hasItsTenantAndPermissionsAlone() {
        var caller = Caller.of(key("ci", null, null));

        assertThat(caller.scope("shop")).isEqualTo(new Scope("acme", "shop"));
        assertThat(caller.may(Permission.CHAT)).isTrue();
        assertThat(caller.may(Permission.MEMORY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void permission_isFoundByItsWord(Permission permission) {
        assertThat(Permission.of(permission.wire())).isEqualTo(permission);
        assertThat(Permission.of(permission.name())).isNull();
    }

    private static ApiKey key(String name, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new ApiKey("0123456789ab", name, "d1d1d1d1", ACCESS, NOON.minusSeconds(60), expiresAt, revokedAt);
    }
}
