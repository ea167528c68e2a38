package io.perpetua.application.commands;

import io.perpetua.domain.commands.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Runs plans where they can reach nothing but the workspace. Driven port; safe for concurrent use. A plan is run at most
 * once, however it ends: what had an effect is never tried again.
 */
public interface Executor {

    /** Why a plan cannot be run here though it may, for people; null when it can. */
    @Nullable
    String refuses(Plan plan);

    /**
     * Runs a plan to its end, or until a limit is reached.
     *
     * @throws CommandsUnavailable when it could not be started
     * @throws java.util.concurrent.CancellationException when the caller is interrupted; everything is stopped first
     */
    Outcome run(Plan plan);
}
