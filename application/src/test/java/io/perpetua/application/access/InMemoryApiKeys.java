package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.ApiKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryApiKeys implements ApiKeys {

    private final Map<String, ApiKey> keys = new LinkedHashMap<>();
    private boolean away;

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    @Override
    public synchronized void add(ApiKey key) {
        requireThere();
        if (keys.putIfAbsent(key.id(), key) != null) {
            throw new IllegalArgumentException("there is a key " + key.id());
        }
    }

    @Override
    public synchronized @Nullable ApiKey find(String id) {
        requireThere();
        return keys.get(id);
    }

    @Override
    public synchronized List<ApiKey> list() {
        requireThere();
        return new ArrayList<>(keys.values());
    }

    @Override
    public synchronized boolean revoke(String id, Instant now) {
        requireThere();
        return keys.computeIfPresent(id, (_, key) -> key.revokedAt() == null ? revoked(key, now) : key) != null;
    }

    private static ApiKey revoked(ApiKey key, Instant now) {
        return new ApiKey(key.id(), key.name(), key.digest(), key.access(), key.createdAt(), key.expiresAt(), now);
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
