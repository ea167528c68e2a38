package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.ApiKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys, without their secrets. Driven port; safe for concurrent use, also by a process that makes and revokes
 * keys beside the server. Every method throws {@link StoreUnavailable} when the store does not answer.
 */
public interface ApiKeys {

    /**
     * Adds a key, durably.
     *
     * @throws IllegalArgumentException when there is one of this id
     */
    void add(ApiKey key);

    /** The key called {@code id}, also one that is good no more; null when there is none. */
    @Nullable
    ApiKey find(String id);

    /** Every key, the oldest first. */
    List<ApiKey> list();

    /**
     * Revokes a key, durably. One that was revoked before stays revoked since then.
     *
     * @return whether there is a key of this id
     */
    boolean revoke(String id, Instant now);
}
