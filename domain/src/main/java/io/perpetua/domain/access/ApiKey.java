package io.perpetua.domain.access;

import io.perpetua.domain.conversation.Names;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept.
 *
 * @param id names it, and is no secret
 * @param name for people, 1 to 256 printable characters
 * @param digest of its secret; see {@link KeyText#digest()}
 * @param access what its holder may do and use
 * @param expiresAt null for never
 * @param revokedAt null as long as it is good
 */
public record ApiKey(
        String id,
        String name,
        String digest,
        Access access,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public ApiKey {
        if (!Names.valid(name)) {
            throw new IllegalArgumentException("a key's name is 1 to 256 printable characters");
        }
    }

    /**
     * What the holder of a key may do and use.
     *
     * @param tenant whose everything is that the key reads and writes
     * @param permissions not empty
     * @param rates those that are set for this key alone
     * @param budget null for any amount
     */
    public record Access(
            String tenant,
            Set<Permission> permissions,
            AllowedModels models,
            Rates rates,
            @Nullable Budget budget) {

        public Access {
            if (!Names.valid(tenant)) {
                throw new IllegalArgumentException("a tenant's name is 1 to 256 printable characters");
            }
            if (permissions.isEmpty()) {
                throw new IllegalArgumentException("a key that is good for nothing");
            }
            permissions = Set.copyOf(permissions);
        }
    }

    /** Whether it opens anything at {@code now}. */
    public boolean good(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    @Override
    public String toString() {
        return KeyText.PREFIX + id + " (" + name + ")";
    }
}
