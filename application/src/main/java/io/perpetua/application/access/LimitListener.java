package io.perpetua.application.access;

import io.perpetua.application.access.LimitReached.Kind;

/** Hears what limits said to those to whom any apply. Safe for concurrent use; must neither wait nor fail. */
public interface LimitListener {

    /** Does not listen. */
    LimitListener NONE = new LimitListener() {
        @Override
        public void allowed(Kind kind) {}

        @Override
        public void reached(Kind kind) {}
    };

    /** There was enough left. */
    void allowed(Kind kind);

    /** There was not. */
    void reached(Kind kind);
}
