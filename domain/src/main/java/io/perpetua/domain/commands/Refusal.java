package io.perpetua.domain.commands;

/** A command line that is blocked, whatever else is on it; the message says why. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        super(reason, null, false, false);
    }

    /** Why. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
