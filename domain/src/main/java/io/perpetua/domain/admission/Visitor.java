package io.perpetua.domain.admission;

/**
 * Whom a request is counted for.
 *
 * @param id the same for requests that share a fair share of the server
 * @param named whether this is one end user, who is to have only so many served at once, and not an application on behalf
 *     of users that it does not name
 */
public record Visitor(String id, boolean named) {}
