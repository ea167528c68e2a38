package io.perpetua.bootstrap.smoke;

/** Something is not as it should be; the message says what. */
final class Failed extends Exception {

    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }

    /** What cannot be looked at here. */
    static final class Skipped extends Exception {

        private static final long serialVersionUID = 1L;

        Skipped(String message) {
            super(message);
        }
    }

    /** Fails with {@code message} unless {@code holds}. */
    static void unless(boolean holds, String message) throws Failed {
        if (!holds) {
            throw new Failed(message);
        }
    }
}
