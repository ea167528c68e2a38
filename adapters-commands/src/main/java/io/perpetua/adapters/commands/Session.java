package io.perpetua.adapters.commands;

import io.perpetua.application.commands.Outcome;
import io.perpetua.application.commands.Outcome.Ending;
import java.util.concurrent.atomic.AtomicReference;

/** One run of a plan: what it has printed, how long it may go on, and what has ended it. Safe for concurrent use. */
final class Session {

    final Capture stdout;
    final Capture stderr;
    final Limits limits;
    private final long end;
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.FINISHED);

    Session(Limits limits) {
        this.limits = limits;
        stdout = new Capture(limits.output());
        stderr = new Capture(limits.output());
        end = System.nanoTime() + limits.time().toNanos();
    }

    /** Nanoseconds that are left. */
    long left() {
        return end - System.nanoTime();
    }

    /** A limit is reached: the first one counts. */
    void over(Ending limit) {
        ending.compareAndSet(Ending.FINISHED, limit);
    }

    boolean isOver() {
        return ending.get() != Ending.FINISHED;
    }

    /** How it ended, the last status being {@code status}. */
    Outcome outcome(int status) {
        var how = ending.get();
        return new Outcome(
                how == Ending.TIME_LIMIT ? Outcome.TIMED_OUT : status,
                stdout.text(),
                stderr.text(),
                stdout.truncated() || stderr.truncated(),
                how);
    }
}
