package io.perpetua.application.spool;

/** The store that all instances share, as far as it is known whether it is there. Driven port; costs nothing. */
public interface SharedStore {

    /** What an account calls it when it is missing. */
    String name();

    /** Whether it does not answer now. */
    boolean away();
}
