package io.perpetua.application.chat;

import io.perpetua.application.routing.Route;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One turn that is over.
 *
 * @param at when it ended
 * @param sender who asked
 * @param stream whether the answer was wanted in pieces
 * @param route who might have answered, and why they
 * @param report what was decided, and what came of it
 * @param ending how it ended
 * @param error a stable word for what went wrong: the kind of the last provider's failure, or the code of the refusal or fault;
 *     null where nothing did
 */
public record EndedTurn(
        Instant at,
        Sender sender,
        boolean stream,
        Route route,
        TurnReport report,
        Ending ending,
        @Nullable String error) {

    /** How turns end. */
    public enum Ending {
        /** With an answer. */
        ANSWERED("answered"),
        /** With a part of one. */
        BROKEN("broken"),
        /** Without one, for nobody gave any. */
        FAILED("failed"),
        /** Without one, for the client has left. */
        LEFT("left"),
        /** Without one, for it may not be asked for as it is. */
        REFUSED("refused"),
        /** Without one, by a fault of this server or a part of it. */
        FAULT("fault");

        private final String wire;

        Ending(String wire) {
            this.wire = wire;
        }

        /** The name in the journal, logs and metrics. */
        public String wire() {
            return wire;
        }
    }

    /** Hears of every turn that had been let in, once, before its last chunk leaves. Must neither wait nor fail. */
    public interface Listener {

        void ended(EndedTurn turn);
    }
}
