package io.perpetua.application.commands;

import org.jspecify.annotations.Nullable;

/** Commands cannot be run now: there is no workspace, no sandbox that starts, or no account can be kept. */
public final class CommandsUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Says why.
     *
     * @param code a stable word for programs
     * @param message for people
     */
    public CommandsUnavailable(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
