package io.perpetua.adapters.commands;

import io.perpetua.application.commands.Executor;
import io.perpetua.application.commands.Outcome;
import io.perpetua.domain.commands.Plan;
import io.perpetua.domain.commands.Plan.Step;

/** Goes from step to step as their joints say. */
abstract class SteppedExecutor implements Executor {

    private final Limits limits;

    SteppedExecutor(Limits limits) {
        this.limits = limits;
    }

    /** Runs one pipeline; its status. */
    abstract int run(Step step, Session session);

    @Override
    public final Outcome run(Plan plan) {
        var session = new Session(limits);
        int status = 0;
        for (Step step : plan.steps()) {
            boolean wanted = switch (step.joint()) {
                case THEN -> true;
                case AND -> status == 0;
                case OR -> status != 0;
            };
            if (!wanted) {
                continue;
            }
            int own = run(step, session);
            status = step.negated() ? (own == 0 ? 1 : 0) : own;
            if (session.isOver()) {
                break;
            }
        }
        return session.outcome(status);
    }
}
