package io.perpetua.application.commands;

import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.domain.commands.Plan;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Runs nothing, and tells what it was to run. */
public final class ScriptedExecutor implements Executor {

    public final List<Plan> plans = new CopyOnWriteArrayList<>();
    public volatile Outcome next = new Outcome(0, "printed\n", "", false, Ending.FINISHED);
    public volatile @Nullable RuntimeException failure;
    public volatile @Nullable String refusal;
    /** Happens while a plan is run. */
    public volatile Runnable before = () -> {};

    @Override
    public @Nullable String refuses(Plan plan) {
        return refusal;
    }

    @Override
    public Outcome run(Plan plan) {
        plans.add(plan);
        before.run();
        var failed = failure;
        if (failed != null) {
            throw failed;
        }
        return next;
    }
}
