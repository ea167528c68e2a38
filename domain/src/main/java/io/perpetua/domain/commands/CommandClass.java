package io.perpetua.domain.commands;

import java.util.Locale;

/** What a command would do, from the most harmless to what nobody can answer for. */
public enum CommandClass {
    /** Reads what is in the workspace, or nothing at all. */
    SAFE,
    /** Makes, changes or removes what it names in the workspace. */
    WRITE,
    /** Is known to destroy, to reach the machine or the network, or not to be undone. */
    DANGEROUS,
    /** Is not known, not to be foretold, or leaves the workspace. */
    BLOCKED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The worse of both. */
    public CommandClass or(CommandClass other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
