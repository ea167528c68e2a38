package io.perpetua.application.facts;

import java.time.Duration;
import java.util.Locale;

/** Hears how calls for facts went, each once, whatever came of it. Driven port; safe for concurrent use; never fails. */
public interface FactFigures {

    /** For who keeps no figures. */
    FactFigures NONE = new FactFigures() {
        @Override
        public void inserted(Insert outcome, Duration took) {}

        @Override
        public void queried(Query outcome, Duration took) {}
    };

    void inserted(Insert outcome, Duration took);

    void queried(Query outcome, Duration took);

    /** How a call to add a fact ended. */
    enum Insert {
        NEW,
        DUPLICATE,
        CORROBORATED,
        REINSTATED,
        BELOW_THRESHOLD,
        /** For another mistake of the client's. */
        REFUSED,
        OVERLOADED,
        UNAVAILABLE,
        FAILED,
        /** The client left before the answer. */
        CANCELLED;

        /** Whether the fact was there. */
        public boolean isDuplicate() {
            return this == DUPLICATE || this == CORROBORATED || this == REINSTATED;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a call to find facts ended. */
    enum Query {
        FOUND,
        NOTHING,
        REFUSED,
        OVERLOADED,
        UNAVAILABLE,
        FAILED,
        CANCELLED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
