package io.perpetua.adapters.http.access;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** For which end user a request is counted. Safe for concurrent use. */
@Singleton
public final class EndUser {

    /** Begins what no user can be called. */
    private static final String NO_NAME = "\u0001";

    private final boolean byAddress;
    private final ClientAddress addresses;

    EndUser(AccessSettings settings, ClientAddress addresses) {
        this.byAddress = settings.isUserByAddress();
        this.addresses = addresses;
    }

    /**
     * The one whom a request names or, if the configuration wants that, the address that it comes from.
     *
     * @param named null when it names nobody
     */
    public @Nullable String of(HttpRequest<?> request, @Nullable String named) {
        return named == null && byAddress ? NO_NAME + addresses.of(request) : named;
    }
}
