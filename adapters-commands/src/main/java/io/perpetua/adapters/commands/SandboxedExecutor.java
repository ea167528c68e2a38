package io.perpetua.adapters.commands;

import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.domain.commands.Plan;
import io.perpetua.domain.commands.Plan.Errors;
import io.perpetua.domain.commands.Plan.Stage;
import io.perpetua.domain.commands.Plan.Step;
import io.perpetua.domain.commands.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs in bubblewrap, each stage of a pipeline in a sandbox of its own, joined by pipes and by no shell. Safe for
 * concurrent use.
 */
public final class SandboxedExecutor extends SteppedExecutor implements AutoCloseable {

    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"));
    private static final List<String> PROGRAMS = List.of("/usr/bin", "/bin");
    private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));
    private static final long LOOK_EVERY = Duration.ofMillis(20).toNanos();
    private static final int PATIENCE_SECONDS = 10;

    private final Bubblewrap bubblewrap;
    private final Workspace workspace;
    /** Processes die with the thread that has started them; this one stays as long as the server. */
    private final ExecutorService starter;

    private SandboxedExecutor(Bubblewrap bubblewrap, Workspace workspace, Limits limits) {
        super(limits);
        this.bubblewrap = bubblewrap;
        this.workspace = workspace;
        starter = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("commands").factory());
    }

    /**
     * The sandbox, if there is one that works here; null if not.
     *
     * @param folders where bubblewrap is looked for
     */
    public static @Nullable SandboxedExecutor find(List<String> folders, Workspace workspace, Limits limits) {
        var program = Bubblewrap.find("bwrap", folders);
        if (program == null) {
            return null;
        }
        Path prlimit = Bubblewrap.find("prlimit", PROGRAMS);
        for (boolean sized : new boolean[] {true, false}) { // older ones know no sizes
            var executor = new SandboxedExecutor(
                    new Bubblewrap(program, prlimit, workspace.root(), limits, sized), workspace, limits);
            if (executor.works()) {
                return executor;
            }
            executor.close();
        }
        return null;
    }

    private boolean works() {
        try {
            var stage = new Stage(List.of("true"), Map.of(), Errors.KEPT);
            var process = start(List.of(builder(stage, workspace.root()).redirectOutput(Redirect.DISCARD)))
                    .getFirst();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (CommandsUnavailable e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public @Nullable String refuses(Plan plan) {
        for (Step step : plan.steps()) {
            for (Stage stage : step.stages()) {
                String name = stage.argv().getFirst();
                if (Bubblewrap.find(name, PROGRAMS) == null) {
                    return "there is no program '" + name + "' here";
                }
                String fault = stage.git() ? Repositories.fault(Path.of(workspace.root())) : null;
                if (fault != null) {
                    return fault;
                }
                if (!isPassedOn(stage, step.folder())) {
                    return "the server was started with a locale in which a word would not get through as it is: "
                            + NATIVE + " is not UTF-8";
                }
            }
        }
        return null;
    }

    /** Whether the words that were judged are the ones that a program gets: processes are started in the platform's charset. */
    private static boolean isPassedOn(Stage stage, String folder) {
        return Stream.of(stage.argv().stream(), stage.environment().values().stream(), Stream.of(folder))
                .flatMap(words -> words)
                .allMatch(word -> isPassedOn(word, NATIVE));
    }

    /** Whether {@code word} is the same in {@code charset} as in UTF-8, which programs are told to read. */
    static boolean isPassedOn(String word, Charset charset) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(word)
                && Arrays.equals(word.getBytes(charset), word.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    int run(Step step, Session session) {
        var builders = new ArrayList<ProcessBuilder>();
        for (Stage stage : step.stages()) {
            builders.add(builder(stage, step.folder()));
        }
        String input = step.input();
        builders.getFirst().redirectInput(input == null ? NOTHING : Redirect.PIPE);
        builders.getLast().redirectOutput(step.keepsOutput() ? Redirect.PIPE : Redirect.DISCARD);
        var processes = start(builders);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            if (input != null) {
                readers.execute(() -> write(input, processes.getFirst()));
            }
            readers.execute(() -> read(processes.getLast().getInputStream(), session.stdout, session));
            for (Process process : processes) {
                readers.execute(() -> read(process.getErrorStream(), session.stderr, session));
            }
            try {
                await(processes, session);
            } finally {
                processes.forEach(SandboxedExecutor::kill);
            }
        }
        return processes.get(step.statusOf()).exitValue();
    }

    private ProcessBuilder builder(Stage stage, String folder) {
        var builder = new ProcessBuilder(wrapped(stage, folder));
        builder.environment().clear();
        builder.directory(new File("/"));
        switch (stage.errors()) {
            case KEPT -> {}
            case DISCARDED -> builder.redirectError(Redirect.DISCARD);
            case WITH_OUTPUT -> builder.redirectErrorStream(true);
        }
        return builder;
    }

    /** Looks again: what came before in the line may have changed what was looked at when it was judged. */
    private List<String> wrapped(Stage stage, String folder) {
        String fault = stage.git() ? Repositories.fault(Path.of(workspace.root())) : null;
        if (fault == null && !isPassedOn(stage, folder)) {
            fault = "a word would not get through as it is";
        }
        if (fault != null) {
            throw new CommandsUnavailable("sandbox_unavailable", fault, null);
        }
        try {
            return bubblewrap.wrap(stage, folder);
        } catch (IOException e) {
            throw new CommandsUnavailable("sandbox_unavailable", "nothing is written: " + e.getMessage(), e);
        }
    }

    private List<Process> start(List<ProcessBuilder> builders) {
        try {
            return starter.submit(() -> ProcessBuilder.startPipeline(builders)).get();
        } catch (ExecutionException e) {
            throw new CommandsUnavailable("sandbox_unavailable", "the sandbox does not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a command was started");
        }
    }

    /** Waits until all have ended or a limit is reached. */
    private static void await(List<Process> processes, Session session) {
        try {
            for (Process process : processes) {
                while (!process.waitFor(Math.min(LOOK_EVERY, Math.max(1, session.left())), TimeUnit.NANOSECONDS)) {
                    look(processes, session);
                    if (session.isOver()) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a command was run");
        }
    }

    private static void look(List<Process> processes, Session session) {
        if (session.left() <= 0) {
            session.over(Ending.TIME_LIMIT);
            return;
        }
        var usage = ProcessUsage.of(processes);
        if (usage.processes() > session.limits.processes()) {
            session.over(Ending.PROCESS_LIMIT);
        } else if (usage.bytes() > session.limits.memory()) {
            session.over(Ending.MEMORY_LIMIT);
        }
    }

    /**
     * The sandbox's outer process takes everything in it along; to be sure, all of it is stopped. By its handle, for what it
     * has printed is still to be read.
     */
    private static void kill(Process process) {
        if (process.isAlive()) {
            var inside = process.descendants().toList();
            process.toHandle().destroyForcibly();
            inside.forEach(ProcessHandle::destroyForcibly);
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    process.waitFor();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void read(InputStream from, Capture to, Session session) {
        byte[] bytes = new byte[8192];
        try (from) {
            for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
                if (!to.add(bytes, 0, n)) {
                    session.over(Ending.OUTPUT_LIMIT);
                    return;
                }
            }
        } catch (IOException e) {
            // It was stopped; what had come is kept.
        }
    }

    private static void write(String input, Process to) {
        try (OutputStream stream = to.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want all of it.
        }
    }

    @Override
    public void close() {
        starter.shutdownNow();
    }
}
