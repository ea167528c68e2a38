package io.perpetua.application.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeys} owes its callers. Times are kept to the microsecond. */
public abstract class ApiKeysContract {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Access PLAIN =
            new Access("local", Set.of(Permission.CHAT), AllowedModels.ALL, Rates.UNLIMITED, null);

    /** Shared stores need no cleaning. */
    private final String prefix = UUID.randomUUID().toString().substring(0, 8);

    /** A store; each call may give another instance over the same. */
    protected abstract ApiKeys keys();

    @Test
    void find_unknown_isNull() {
        assertThat(keys().find(prefix)).isNull();
    }

    @Test
    void find_added_isTheKeyWithAllThatItMay() {
        var access = new Access(
                "zürich 🚀",
                EnumSet.allOf(Permission.class),
                new AllowedModels(List.of("openai/gpt-4o", "router/a,b/*", "groq/*")),
                new Rates(1L, 2L, 3L, Rates.MOST),
                new Budget(Long.MAX_VALUE, Budget.Period.MONTH));
        var key = key("full", access, NOON.plusSeconds(60));
        keys().add(key);

        assertThat(keys().find(key.id())).isEqualTo(key);
    }

    @Test
    void find_addedWithoutAnyLimit_isTheKey() {
        var key = key("plain", PLAIN, null);
        keys().add(key);

        assertThat(keys().find(key.id())).isEqualTo(key);
    }

    @Test
    void add_idThatIsThere_isRefusedAndLeavesTheFirst() {
        var first = key("one", PLAIN, null);
        keys().add(first);

        assertThatThrownBy(() -> keys().add(key("one", PLAIN, NOON))).isInstanceOf(IllegalArgumentException.class);

        assertThat(keys().find(first.id())).isEqualTo(first);
    }

    @Test
    void add_theSameIdAtOnce_succeedsOnce() {
        assertThat(IntStream.range(0, 16).parallel().filter(i -> added(i)).count())
                .isEqualTo(1);
    }

    private boolean added(int i) {
        try {
            keys().add(key("racing", PLAIN, NOON.plusSeconds(i)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void list_isOldestFirst_theRevokedIncluded() {
        var keys =
                IntStream.range(0, 5).mapToObj(i -> key("k" + i, PLAIN, null)).toList();
        keys.forEach(keys()::add);
        keys().revoke(keys.get(2).id(), NOON);

        assertThat(own().stream().map(ApiKey::id))
                .containsExactlyElementsOf(keys.stream().map(ApiKey::id).toList());
        assertThat(own().stream().filter(key -> key.revokedAt() != null).map(ApiKey::id))
                .containsExactly(keys.get(2).id());
    }

    @Test
    void revoke_isKept_andTheFirstTimeCounts() {
        var key = key("gone", PLAIN, null);
        var other = key("stays", PLAIN, null);
        keys().add(key);
        keys().add(other);

        assertThat(keys().revoke(key.id(), NOON.plusSeconds(1))).isTrue();
        assertThat(keys().revoke(key.id(), NOON.plusSeconds(2))).isTrue();

        assertThat(requireNonNull(keys().find(key.id())).revokedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(keys().find(other.id())).isEqualTo(other);
    }

    @Test
    void revoke_unknown_isFalse() {
        assertThat(keys().revoke(prefix, NOON)).isFalse();
    }

    @Test
    void add_byManyAtOnce_losesNone() {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 64).forEach(i -> executor.execute(() -> keys().add(key("many" + i, PLAIN, null))));
        }

        assertThat(own()).hasSize(64);
    }

    private List<ApiKey> own() {
        return keys().list().stream().filter(key -> key.id().startsWith(prefix)).toList();
    }

    private ApiKey key(String name, Access access, @Nullable Instant expiresAt) {
        return new ApiKey(prefix + name, name, "digest of " + name, access, NOON, expiresAt, null);
    }
}
