package io.perpetua.domain.admission;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request is counted for.
 *
 * @param tenant one of several who share the server, none of whom may have all of it; null where there is only one
 * @param id the same for requests that share a fair share of what the tenant has
 * @param named whether this is one end user, who is to have only so many served at once, and not an application on behalf
 *     of users that it does not name
 */
public record Visitor(@Nullable String tenant, String id, boolean named) {

    /** A visitor of the only tenant. */
    public Visitor(String id, boolean named) {
        this(null, id, named);
    }
}
