package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Arguments.Unsupported;
import io.perpetua.adapters.commands.Builtin.Surroundings;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.domain.commands.Plan;
import io.perpetua.domain.commands.Plan.Errors;
import io.perpetua.domain.commands.Plan.Stage;
import io.perpetua.domain.commands.Plan.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Does what only reads, in Java and without a process: {@code pwd}, {@code ls}, {@code find} by name, {@code cat},
 * {@code head}, {@code wc} and {@code grep}, also in pipelines. For where there is no sandbox. Safe for concurrent use.
 */
public final class BuiltinExecutor extends SteppedExecutor {

    private final FileWorkspace workspace;
    private final boolean possible;

    public BuiltinExecutor(FileWorkspace workspace, Limits limits) {
        super(limits);
        this.workspace = workspace;
        possible = OpenFolder.possible(Path.of(workspace.root()));
    }

    @Override
    public @Nullable String refuses(Plan plan) {
        if (!possible) {
            return "on this system nothing can be read safely without a sandbox";
        }
        try {
            for (Step step : plan.steps()) {
                for (Stage stage : step.stages()) {
                    builtin(stage);
                }
            }
            return null;
        } catch (Unsupported e) {
            return e.getMessage();
        }
    }

    private static Builtin builtin(Stage stage) throws Unsupported {
        String program = stage.argv().getFirst();
        var words = stage.argv().subList(1, stage.argv().size());
        return switch (program) {
            case "pwd" -> FileBuiltins.pwd(words);
            case "ls" -> FileBuiltins.ls(words);
            case "find" -> FindBuiltin.of(words);
            case "cat" -> TextBuiltins.cat(words);
            case "head" -> TextBuiltins.head(words);
            case "wc" -> TextBuiltins.wc(words);
            case "grep", "egrep", "fgrep" -> GrepBuiltin.of(program, words);
            case "true" -> here -> 0;
            case "false" -> here -> 1;
            default -> throw new Unsupported(program);
        };
    }

    @Override
    int run(Step step, Session session) {
        byte[] input = step.input() == null ? new byte[0] : step.input().getBytes(StandardCharsets.UTF_8);
        int status = 0;
        for (int i = 0; i < step.stages().size(); i++) {
            var stage = step.stages().get(i);
            boolean last = i == step.stages().size() - 1;
            var out = new Pipe(session, last ? session.limits.output() : Pipe.MOST);
            var err = new Pipe(session, session.limits.output());
            var here = new Surroundings(workspace, step.folder(), new ByteArrayInputStream(input), out, err);
            int own = run(stage, here, session);
            status = i == step.statusOf() ? own : status;
            var errors = err.bytes();
            if (stage.errors() == Errors.KEPT) {
                session.stderr.add(errors, 0, errors.length);
            }
            input = out.bytes();
            if (stage.errors() == Errors.WITH_OUTPUT) {
                input = joined(input, errors);
            }
            if (session.isOver() && !last) {
                return status;
            }
        }
        if (step.keepsOutput()) {
            session.stdout.add(input, 0, input.length);
        }
        return status;
    }

    private static int run(Stage stage, Surroundings here, Session session) {
        try {
            return builtin(stage).run(here);
        } catch (Pipe.Full e) {
            session.over(Ending.OUTPUT_LIMIT);
        } catch (UncheckedIOException | Pipe.TimeOver e) {
            session.over(Ending.TIME_LIMIT);
        } catch (StackOverflowError e) {
            return complained(here, "the expression is too deep");
        } catch (IOException | Unsupported e) {
            return complained(here, String.valueOf(e.getMessage()));
        }
        return 1;
    }

    private static int complained(Surroundings here, String complaint) {
        try {
            here.err().print(complaint + "\n");
        } catch (IOException full) {
            // There is no room to say so.
        }
        return 2;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
