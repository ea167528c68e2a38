package io.perpetua.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.KeyText;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckKeyTest {

    private static final Access ACCESS =
            new Access("acme", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);

    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final ManageKeys manage = new ManageKeys(keys, new Random(1), () -> now);
    private final CheckKey required = new CheckKey(keys, true, () -> now);
    private final CheckKey optional = new CheckKey(keys, false, () -> now);

    private static void assertRefused(CheckKey check, @Nullable String token, String code) {
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> check.caller(token))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.UNAUTHENTICATED);
                    assertThat(refused.code()).isEqualTo(code);
                });
    }

    @Test
    void caller_goodKey_isItsHolder() {
        var key = manage.create("ci", ACCESS, null);
        assertThat(required.caller(key.reveal())).isEqualTo(new Caller(key.id(), ACCESS));
        assertThat(optional.caller(key.reveal())).isEqualTo(new Caller(key.id(), ACCESS));
    }

    @Test
    void caller_noKey_isTurnedAwayOnlyWhereOneIsRequired() {
        assertRefused(required, null, "missing_api_key");
        assertRefused(required, "sk-something", "invalid_api_key");
        assertThat(optional.caller(null)).isEqualTo(Caller.LOCAL);
        assertThat(optional.caller("unused")).isEqualTo(Caller.LOCAL);
    }

    @Test
    void caller_keyThatLooksLikeOurs_hasToBeGoodEverywhere() {
        var stranger = KeyText.make(new Random(2)).reveal();
        assertRefused(required, stranger, "invalid_api_key");
        assertRefused(optional, stranger, "invalid_api_key");
        assertRefused(optional, KeyText.PREFIX + "short", "invalid_api_key");
    }

    @Test
    void caller_wrongSecretOfAKnownId_isTurnedAway() {
        var key = manage.create("ci", ACCESS, null).reveal();
        char last = key.charAt(key.length() - 1);
        assertRefused(required, key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A'), "invalid_api_key");
    }

    @Test
    void caller_revokedKey_isTurnedAwayAMomentLater() {
        var key = manage.create("ci", ACCESS, null);
        required.caller(key.reveal());
        manage.revoke(key.id());
        now = now.plus(CheckKey.FRESH);
        assertRefused(required, key.reveal(), "invalid_api_key");
    }

    @Test
    void caller_expiredKey_isTurnedAwayAtOnce() {
        var key = manage.create("ci", ACCESS, now.plusMillis(10));
        required.caller(key.reveal());
        now = now.plusMillis(10);
        assertRefused(required, key.reveal(), "invalid_api_key");
    }

    @Test
    void caller_newKey_isGoodAMomentAfterItWasUnknown() {
        var random = new Random(7);
        var text = KeyText.make(random);
        assertRefused(required, text.reveal(), "invalid_api_key");
        new ManageKeys(keys, new Random(7), () -> now).create("same chance, same key", ACCESS, null);
        now = now.plus(CheckKey.FRESH);
        assertThat(required.caller(text.reveal()).key()).isEqualTo(text.id());
    }

    @Test
    void caller_whileTheStoreIsAway_isWhoItWas_forALimitedTime() {
        var key = manage.create("ci", ACCESS, null).reveal();
        required.caller(key);
        keys.away(true);
        now = now.plus(CheckKey.STALE).minusMillis(1);
        assertThat(required.caller(key).access()).isEqualTo(ACCESS);
        now = now.plus(Duration.ofMillis(1));
        assertThatThrownBy(() -> required.caller(key)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void caller_whileTheStoreIsAway_isNobodyWhoIsNotKnown() {
        var key = manage.create("ci", ACCESS, null).reveal();
        keys.away(true);
        assertThatThrownBy(() -> required.caller(key)).isInstanceOf(StoreUnavailable.class);
    }
}
