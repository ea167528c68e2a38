package io.perpetua.domain.facts;

import org.jspecify.annotations.Nullable;

/**
 * Whose a fact is within a scope. Facts of different holders are never the same, and never supersede each other: two
 * users may be called Anna.
 *
 * @param user an end user, null where it is nobody's in particular
 * @param conversation the only conversation that a fact of a user without a name holds in
 */
public record Holder(@Nullable String user, @Nullable String conversation) {

    /** The scope as a whole. */
    public static final Holder ALL = new Holder(null, null);

    public Holder {
        if (user != null && conversation != null) {
            throw new IllegalArgumentException("a user with a name is the same in every conversation");
        }
    }

    /** The end user called {@code user}, or the scope as a whole. */
    public static Holder of(@Nullable String user) {
        return user == null ? ALL : new Holder(user, null);
    }

    /** Whoever speaks in a conversation: by the user's name, or else whoever that may be. */
    public static Holder speaker(@Nullable String user, String conversation) {
        return user == null ? new Holder(null, conversation) : new Holder(user, null);
    }

    /** A text of this holder alone. */
    String key() {
        if (user != null) {
            return "user " + user;
        }
        return conversation == null ? "" : "conversation " + conversation;
    }
}
