package io.perpetua.domain.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who speaks, in OpenAI's words. */
public enum Role {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    TOOL,
    FUNCTION;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this speaker gives instructions to the model rather than taking part in the conversation. */
    public boolean instructs() {
        return this == SYSTEM || this == DEVELOPER;
    }

    /** Whether this speaker reports what a tool answered. */
    public boolean reports() {
        return this == TOOL || this == FUNCTION;
    }

    /** The role called {@code wire}, or null when OpenAI knows none of that name. */
    public static @Nullable Role of(String wire) {
        for (Role role : values()) {
            if (role.wire().equals(wire)) {
                return role;
            }
        }
        return null;
    }
}
