package io.perpetua.domain.conversation;

/**
 * Whose conversations: nothing is read or written across scopes.
 *
 * @param tenant who holds the API key, never blank
 * @param namespace separates one tenant's applications, never blank
 */
public record Scope(String tenant, String namespace) {

    public static final String DEFAULT_TENANT = "local";
    public static final String DEFAULT_NAMESPACE = "default";

    public Scope {
        Names.require("tenant", tenant);
        Names.require("namespace", namespace);
    }
}
