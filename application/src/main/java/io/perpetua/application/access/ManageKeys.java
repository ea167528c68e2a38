package io.perpetua.application.access;

import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.KeyText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Use case: make, list and revoke keys. Safe for concurrent use as far as its random numbers are. */
public final class ManageKeys {

    private final ApiKeys keys;
    private final RandomGenerator random;
    private final InstantSource clock;

    /**
     * Manages {@code keys}.
     *
     * @param random must not be predictable: a {@link java.security.SecureRandom}
     */
    public ManageKeys(ApiKeys keys, RandomGenerator random, InstantSource clock) {
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a key. Its text is known to nobody but the one who gets it from here.
     *
     * @param name for people
     * @param expiresAt null for never
     */
    public KeyText create(String name, Access access, @Nullable Instant expiresAt) {
        var text = KeyText.make(random);
        keys.add(new ApiKey(text.id(), name, text.digest(), access, clock.instant(), expiresAt, null));
        return text;
    }

    /** Every key, the oldest first. */
    public List<ApiKey> list() {
        return keys.list();
    }

    /** Revokes the key called {@code id}. Returns whether there is one. */
    public boolean revoke(String id) {
        return keys.revoke(id, clock.instant());
    }
}
