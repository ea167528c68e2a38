package io.perpetua.application.commands;

import io.perpetua.application.commands.AuditLog.Ended;
import io.perpetua.application.commands.AuditLog.Entry;
import io.perpetua.application.commands.AuditLog.Said;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.Judgement;
import io.perpetua.domain.commands.Judgement.Part;
import io.perpetua.domain.commands.Workspace;
import io.perpetua.domain.conversation.ConversationKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: judge command lines, and run those that may be run. Nothing is run that is not in the account, and nothing is
 * run twice. Safe for concurrent use.
 */
public final class RunCommands {

    private final CommandPolicy policy;
    private final Workspace workspace;
    private final Executor executor;
    private final AuditLog audit;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Semaphore places;

    /**
     * Runs commands in a workspace.
     *
     * @param atOnce how many are run at the same time; others wait
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public RunCommands(
            CommandPolicy policy,
            Workspace workspace,
            Executor executor,
            AuditLog audit,
            Supplier<String> ids,
            InstantSource clock,
            LongSupplier nanos,
            int atOnce) {
        this.policy = policy;
        this.workspace = workspace;
        this.executor = executor;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.nanos = nanos;
        places = new Semaphore(atOnce, true);
    }

    /**
     * A command line that somebody wants run.
     *
     * @param folder where, seen from the workspace's root
     * @param conversation the one that it is asked for in, null when it comes by itself
     */
    public record Command(
            Who who, String line, String folder, @Nullable ConversationKey conversation) {

        /** Tells nothing of what is asked: it may get into logs. */
        @Override
        public String toString() {
            return "Command[" + line.length() + " characters]";
        }
    }

    /**
     * What came of it.
     *
     * @param auditId where the account tells of it
     * @param outcome how it ended; null when it was not run
     * @param recorded whether the account tells how it ended; where it could not be kept, it tells only that it began
     */
    public record Result(
            Judgement judgement, String auditId, @Nullable Outcome outcome, Duration took, boolean recorded) {}

    /** What a line would do, and whether it may. Nothing is run, and nothing is kept. */
    public Judgement validate(String line, String folder) {
        var judged = policy.judge(line, folder, workspace);
        String refused = judged.plan() == null ? null : executor.refuses(judged.plan());
        return refused == null ? judged : judged.refused(refused);
    }

    /**
     * Runs a line if it may be run. Once it has run, what came of it is told, also where the account cannot tell it: nobody
     * is to try again what has had an effect.
     *
     * @throws CommandsUnavailable when no account can be kept, or nothing can be started
     * @throws CancellationException when the caller is interrupted
     */
    public Result run(Command command) {
        var judged = validate(command.line(), command.folder());
        String id = ids.get();
        audit.append(
                new Entry(clock.instant(), id, command.who(), command.conversation(), said(command, judged), null));
        var plan = judged.plan();
        if (plan == null) {
            return new Result(judged, id, null, Duration.ZERO, true);
        }
        acquire();
        long start = nanos.getAsLong();
        try {
            var outcome = executor.run(plan);
            var took = Duration.ofNanos(nanos.getAsLong() - start);
            String ending = outcome.ending().name().toLowerCase(Locale.ROOT);
            boolean recorded = closed(
                    command,
                    id,
                    new Ended(outcome.exitCode(), ending, took, bytes(outcome.stdout()), bytes(outcome.stderr())));
            return new Result(judged, id, outcome, took, recorded);
        } catch (RuntimeException | Error e) {
            String ending = e instanceof CancellationException ? "cancelled" : "failed";
            closed(command, id, new Ended(null, ending, Duration.ofNanos(nanos.getAsLong() - start), 0, 0));
            throw e;
        } finally {
            places.release();
        }
    }

    /** Tells how it ended; whether that is in the account. What was done is done: it is answered all the same. */
    private boolean closed(Command command, String id, Ended ended) {
        try {
            audit.append(new Entry(clock.instant(), id, command.who(), command.conversation(), null, ended));
            return true;
        } catch (CommandsUnavailable e) {
            return false;
        }
    }

    private void acquire() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("given up while others were run");
        }
    }

    private static Said said(Command command, Judgement judged) {
        return new Said(
                command.line(),
                command.folder(),
                judged.parts().stream().map(Part::argv).toList(),
                judged.kind().wire(),
                judged.allowed(),
                judged.reason());
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
