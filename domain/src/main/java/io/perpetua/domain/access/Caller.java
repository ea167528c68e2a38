package io.perpetua.domain.access;

import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.conversation.Scope;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the holder of a key, or whoever is on this machine where no key is needed.
 *
 * @param key the key's id; {@value #NO_KEY} without one
 */
public record Caller(String key, Access access) {

    private static final String NO_KEY = "local";

    /** Whoever is on this machine where no key is needed. */
    public static final Caller LOCAL = new Caller(
            NO_KEY,
            new Access(
                    Scope.DEFAULT_TENANT, EnumSet.allOf(Permission.class), AllowedModels.ALL, Rates.UNLIMITED, null));

    /** Whoever holds {@code key}. */
    public static Caller of(ApiKey key) {
        return new Caller(key.id(), key.access());
    }

    /** The caller's conversations of a namespace. */
    public Scope scope(String namespace) {
        return new Scope(access.tenant(), namespace);
    }

    /** The tenant, as one of several who share the server; null for whoever needs no key, who has it alone. */
    public @Nullable String party() {
        return equals(LOCAL) ? null : access.tenant();
    }

    public boolean may(Permission permission) {
        return access.permissions().contains(permission);
    }
}
