package io.perpetua.application.chat;

import io.perpetua.application.routing.Route;
import io.perpetua.domain.journal.Ending;
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
 * @param finish why the answer ended, by the provider's account; null where it did not say, or there is none
 */
public record EndedTurn(
        Instant at,
        Sender sender,
        boolean stream,
        Route route,
        TurnReport report,
        Ending ending,
        @Nullable String error,
        @Nullable String finish) {

    /** Hears of every turn that had been let in, once, before its last chunk leaves. Must neither wait nor fail. */
    public interface Listener {

        void ended(EndedTurn turn);
    }
}
