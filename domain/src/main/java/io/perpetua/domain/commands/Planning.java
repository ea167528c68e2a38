package io.perpetua.domain.commands;

import io.perpetua.domain.commands.ArgumentJudge.Judged;
import io.perpetua.domain.commands.Invocation.Run;
import io.perpetua.domain.commands.Judgement.Part;
import io.perpetua.domain.commands.Plan.Errors;
import io.perpetua.domain.commands.Plan.Stage;
import io.perpetua.domain.commands.Script.Direction;
import io.perpetua.domain.commands.Script.Redirection;
import io.perpetua.domain.commands.Script.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A line is gone through as a shell would: folder and variables are followed from command to command, words expanded where
 * they stand. What is judged are the arguments that come of it, and what is run are those very arguments. Where it depends
 * on how a command ends in which folder the next one runs, the line is refused.
 */
/** Judges one command line and makes the plan of it. For one use. */
final class Planning {

    private static final Pattern SPECIAL_VARIABLE = Pattern.compile(
            "IFS|PATH|HOME|PWD|OLDPWD|CDPATH|ENV|SHELL\\w*|BASH\\w*|GLOBIGNORE|LD_\\w*|PS\\d|PROMPT\\w*|GIT_\\w*|\\w*PAGER|"
                    + "\\w*EDITOR|LESS\\w*|LS_COLORS|POSIXLY_CORRECT|TMPDIR|TERM\\w*|OPT\\w+|RANDOM|SECONDS|UID|EUID|PPID");

    private final RuleBook rules;
    private final Workspace workspace;
    private final List<Part> parts = new ArrayList<>();
    private final List<Plan.Step> steps = new ArrayList<>();
    private Judged judged = new Judged(CommandClass.SAFE, "it reads what is in the workspace");
    /** Whether folder or variables hold only if what came before succeeded. */
    private boolean provisional;
    /** Whether the command before was one that cannot fail and is no step. */
    private boolean succeeded;

    Planning(RuleBook rules, Workspace workspace) {
        this.rules = rules;
        this.workspace = workspace;
    }

    List<Part> parts() {
        return parts;
    }

    Plan plan() {
        return new Plan(steps);
    }

    Judged judge(String line, String folder) {
        try {
            var paths = enter(new Paths(workspace, workspace.root()), folder);
            var expansion = new Expansion(workspace, paths.folder());
            for (Script.Step step : ShellParser.parse(line).steps()) {
                if (provisional && step.joint() != Joint.AND) {
                    throw new Refusal("where it goes on depends on how a command ends");
                }
                paths = step(step, expansion, paths);
            }
            if (succeeded && !steps.isEmpty()) {
                steps.add(nothing(paths.folder()));
            }
        } catch (Refusal refusal) {
            judged = judged.or(new Judged(CommandClass.BLOCKED, refusal.reason()));
        }
        return judged;
    }

    /** Judges a pipeline; the folder that is next. */
    private Paths step(Script.Step step, Expansion expansion, Paths paths) throws Refusal {
        if (step.commands().size() == 1) {
            var only = step.commands().getFirst();
            if (only.words().isEmpty() && only.redirections().isEmpty()) {
                follows(step);
                for (var assignment : only.assignments()) {
                    assign(assignment, expansion);
                }
                return paths;
            }
            var argv = expansion.arguments(only.words(), paths);
            if (!argv.isEmpty() && argv.getFirst().equals("cd")) {
                return changed(step, only, argv, expansion, paths);
            }
        }
        var planned = pipeline(step, expansion, paths);
        if (!succeeded || step.joint() == Joint.THEN) {
            steps.add(planned);
            succeeded = false;
        } else if (step.joint() == Joint.AND) {
            steps.add(planned.then());
            succeeded = false;
        }
        return paths;
    }

    /** What ends with 0, as a line does that ends with {@code cd}. */
    private static Plan.Step nothing(String folder) {
        var stage = new Stage(List.of("true"), Map.of(), Errors.KEPT);
        return new Plan.Step(Joint.THEN, false, folder, null, List.of(stage), true, 0);
    }

    private void follows(Script.Step step) throws Refusal {
        if (step.joint() == Joint.OR || step.negated()) {
            throw new Refusal("where it goes on depends on how a command ends");
        }
        provisional |= step.joint() == Joint.AND;
        succeeded |= step.joint() == Joint.THEN;
    }

    private static void assign(Script.Assignment assignment, Expansion expansion) throws Refusal {
        if (SPECIAL_VARIABLE.matcher(assignment.name()).matches()) {
            throw new Refusal("the variable " + assignment.name() + " is not to be changed");
        }
        expansion.assign(assignment.name(), expansion.text(assignment.value()));
    }

    private Paths changed(Script.Step step, Simple command, List<String> argv, Expansion expansion, Paths paths)
            throws Refusal {
        if (!command.assignments().isEmpty() || !command.redirections().isEmpty() || argv.size() > 2) {
            throw new Refusal("cd is known with one folder alone");
        }
        String target = argv.size() == 1 ? workspace.root() : argv.get(1);
        if (target.startsWith("-")) {
            throw new Refusal("what cd does with '" + target + "' is not known");
        }
        follows(step);
        var next = enter(paths, target);
        parts.add(new Part(argv, CommandClass.SAFE, ""));
        expansion.assign("PWD", next.folder());
        return next;
    }

    private Paths enter(Paths paths, String folder) throws Refusal {
        paths.check(folder);
        if (paths.place(folder) != Place.FOLDER) {
            throw new Refusal("there is no folder '" + folder + "'");
        }
        return new Paths(workspace, paths.absolute(folder));
    }

    private Plan.Step pipeline(Script.Step step, Expansion expansion, Paths paths) throws Refusal {
        var stages = new ArrayList<Stage>();
        var ends = new Ends();
        int status = 0;
        for (int i = 0; i < step.commands().size(); i++) {
            var command = step.commands().get(i);
            boolean first = i == 0;
            boolean last = i == step.commands().size() - 1;
            var stage = command(command, stages, expansion, paths);
            var errors = redirect(command.redirections(), first, last, ends, expansion, paths);
            if (first && ends.source != null) {
                stages.add(new Stage(List.of("cat", "--", ends.source), Map.of(), Errors.KEPT));
            }
            status = stages.size();
            stages.add(new Stage(stage.argv(), stage.environment(), errors, stage.writes(), stage.git()));
        }
        if (ends.target != null) {
            stages.add(new Stage(
                    ends.appends ? List.of("tee", "-a", "--", ends.target) : List.of("tee", "--", ends.target),
                    Map.of(),
                    Errors.KEPT,
                    true,
                    false));
        }
        return new Plan.Step(
                step.joint(),
                step.negated(),
                paths.folder(),
                ends.text,
                stages,
                ends.target == null && !ends.discards,
                status);
    }

    /** Where a pipeline's input comes from and its output goes to. */
    private static final class Ends {
        private @Nullable String source;
        private @Nullable String text;
        private @Nullable String target;
        private boolean appends;
        private boolean discards;
    }

    private Stage command(Simple command, List<Stage> before, Expansion expansion, Paths paths) throws Refusal {
        var environment = new HashMap<String, String>();
        for (var assignment : command.assignments()) {
            String value = expansion.text(assignment.value());
            Wrappers.check(assignment.name(), value);
            environment.put(assignment.name(), value);
        }
        var argv = expansion.arguments(command.words(), paths);
        if (argv.isEmpty()) {
            if (!command.words().isEmpty()) {
                throw new Refusal("a command is missing");
            }
            return new Stage(List.of("true"), environment, Errors.KEPT);
        }
        for (String word : argv) {
            if (word.indexOf('\0') >= 0) {
                throw new Refusal("a word holds the character NUL");
            }
        }
        try {
            var invocation = new Invocation(rules, paths);
            var run = Invocation.program(argv.getFirst()).equals("xargs")
                    ? onFound(argv, before, invocation)
                    : invocation.judge(argv);
            parts.add(new Part(argv, run.judged().kind(), run.judged().reason()));
            judged = judged.or(run.judged());
            environment.putAll(run.environment());
            boolean writes = run.judged().kind() == CommandClass.WRITE;
            return new Stage(run.argv(), environment, Errors.KEPT, writes, run.git());
        } catch (Refusal refusal) {
            parts.add(new Part(argv, CommandClass.BLOCKED, refusal.reason()));
            throw refusal;
        }
    }

    /** What {@code xargs} runs on what the last of {@code before} finds, which is told to print it so that it is clear. */
    private static Run onFound(List<String> argv, List<Stage> before, Invocation invocation) throws Refusal {
        var find = before.isEmpty() || before.getLast().errors() == Errors.WITH_OUTPUT ? null : before.getLast();
        var both = FoundFiles.judge(find == null ? null : find.argv(), argv.subList(1, argv.size()), invocation);
        if (find != null && !find.argv().equals(both.find())) {
            before.set(before.size() - 1, new Stage(both.find(), find.environment(), find.errors()));
        }
        return both.xargs();
    }

    private Errors redirect(
            List<Redirection> redirections, boolean first, boolean last, Ends ends, Expansion expansion, Paths paths)
            throws Refusal {
        var errors = Errors.KEPT;
        for (Redirection each : redirections) {
            switch (each.direction()) {
                case INPUT, INPUT_TEXT -> {
                    if (!first) {
                        throw new Refusal("only the first of a pipeline can have an input of its own");
                    }
                    ends.source = null;
                    ends.text = null;
                    if (each.direction() == Direction.INPUT_TEXT) {
                        ends.text = expansion.text(each.word());
                    } else {
                        String path = expansion.target(each.word(), paths);
                        if (!Paths.isNull(path)) {
                            paths.check(path);
                            ends.source = path;
                        }
                    }
                }
                case ERRORS_TO_OUTPUT -> errors = ends.discards ? Errors.DISCARDED : Errors.WITH_OUTPUT;
                case OUTPUT, APPEND, BOTH -> {
                    String path = expansion.target(each.word(), paths);
                    boolean both = each.direction() == Direction.BOTH;
                    if (each.descriptor() == 2 || both) {
                        if (!Paths.isNull(path)) {
                            paths.check(path);
                            throw new Refusal("errors are not written to files");
                        }
                        errors = Errors.DISCARDED;
                    }
                    if (each.descriptor() == 1) {
                        output(path, each.direction() == Direction.APPEND, last, errors, ends, paths);
                    }
                }
            }
        }
        return errors;
    }

    private void output(String path, boolean appends, boolean last, Errors errors, Ends ends, Paths paths)
            throws Refusal {
        if (!last || ends.discards || ends.target != null) {
            throw new Refusal("only the last of a pipeline can have an output of its own, and only one");
        }
        if (errors == Errors.WITH_OUTPUT) {
            throw new Refusal("errors cannot stay where output was");
        }
        if (Paths.isNull(path)) {
            ends.discards = true;
            return;
        }
        paths.check(path);
        if (paths.place(path) == Place.FOLDER) {
            throw new Refusal("'" + path + "' is a folder");
        }
        ends.target = path;
        ends.appends = appends;
        judged = judged.or(
                paths.isGits(path)
                        ? new Judged(CommandClass.DANGEROUS, "it changes what git keeps and runs")
                        : new Judged(CommandClass.WRITE, "it writes '" + path + "'"));
    }
}
