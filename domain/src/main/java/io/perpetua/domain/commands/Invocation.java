package io.perpetua.domain.commands;

import io.perpetua.domain.commands.ArgumentJudge.Judged;
import io.perpetua.domain.commands.Rule.Style;
import io.perpetua.domain.commands.Rule.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges one command by its words, down to the program that does the work. */
final class Invocation {

    private static final Set<String> FOLDERS_OF_PROGRAMS = Set.of("/bin/", "/usr/bin/");
    private static final int DEEPEST = 8;
    private static final String FOUND = "{}";
    private static final List<String> GIT = List.of("git", "--no-pager");
    private static final Pattern SIGNATURE = Pattern.compile("%\\([^)]*signature");
    /** More files than any program takes one by one. */
    private static final int MANY = 3;

    private static final Set<String> ASKS = Set.of("--version", "--help");
    /** Programs that are not run but to tell what they are, and the words that ask for it. */
    private static final Map<String, Set<String>> VERSIONS = Map.of(
            "python", Set.of("--version", "-V"),
            "python3", Set.of("--version", "-V"),
            "perl", Set.of("--version", "-v"),
            "ruby", Set.of("--version"),
            "node", Set.of("--version", "-v"),
            "java", Set.of("--version", "-version"),
            "javac", Set.of("--version", "-version"),
            "gcc", Set.of("--version"),
            "make", Set.of("--version"));

    private final RuleBook rules;
    private final Paths paths;
    private final Set<String> unseen;

    /** What a command would do, the words to run it by, variables that are set for it, and whether it is git. */
    record Run(Judged judged, List<String> argv, Map<String, String> environment, boolean git) {

        Run(Judged judged, List<String> argv, Map<String, String> environment) {
            this(judged, argv, environment, false);
        }

        Run(Judged judged, List<String> argv) {
            this(judged, argv, Map.of());
        }
    }

    Invocation(RuleBook rules, Paths paths) {
        this(rules, paths, Set.of());
    }

    /**
     * Judges commands.
     *
     * @param unseen words that stand for names that nobody has seen
     */
    private Invocation(RuleBook rules, Paths paths, Set<String> unseen) {
        this.rules = rules;
        this.paths = paths;
        this.unseen = unseen;
    }

    Run judge(List<String> argv) throws Refusal {
        return judge(argv, 0);
    }

    private Run judge(List<String> argv, int depth) throws Refusal {
        if (depth > DEEPEST || argv.isEmpty()) {
            throw new Refusal("a command is missing");
        }
        String program = program(argv.getFirst());
        var words = argv.subList(1, argv.size());
        if (Wrappers.knows(program) && !(program.equals("env") && words.isEmpty())) {
            return wrapped(program, words, depth);
        }
        if (words.size() == 1 && asks(program, words.getFirst())) {
            return new Run(new Judged(CommandClass.SAFE, ""), named(program, words));
        }
        return switch (program) {
            case "command" -> command(words, depth);
            case "type" -> asked(words);
            case "find" -> new Run(found(words, depth), named(program, words));
            case "git" -> git(words);
            case "tar" -> unpacked("tar", TarWords.dashed(words));
            case "unzip" -> unpacked("unzip", words);
            case "cp" -> copied(words);
            case ":" -> new Run(judged("true", words), named("true", words));
            default -> new Run(judged(program, words), named(program, words));
        };
    }

    /** Whether all that {@code program} would do is to tell what it is. */
    private boolean asks(String program, String word) {
        var rule = rules.find(program);
        boolean known = program.equals("find")
                || (rule != null
                        && (rule.style() == Style.GNU || rule.style() == Style.EXACT)
                        && rule.hasLongOptions());
        return (known && ASKS.contains(word))
                || VERSIONS.getOrDefault(program, Set.of()).contains(word);
    }

    /** What {@code command} runs; {@code -v} asks only where that is. */
    private Run command(List<String> words, int depth) throws Refusal {
        String first = words.isEmpty() ? "" : words.getFirst();
        return switch (first) {
            case "-v", "-V" -> asked(words.subList(1, words.size()));
            case "-p" -> judge(words.subList(1, words.size()), depth + 1);
            default -> judge(words, depth + 1);
        };
    }

    private Run asked(List<String> names) throws Refusal {
        return new Run(judged("which", names), named("which", names));
    }

    /** Its name, where it is one of the system's. */
    static String program(String word) throws Refusal {
        int slash = word.lastIndexOf('/');
        if (slash >= 0 && !FOLDERS_OF_PROGRAMS.contains(word.substring(0, slash + 1))) {
            throw new Refusal("only programs of the system are run, and '" + word + "' is none");
        }
        return word.substring(slash + 1);
    }

    private Judged judged(String program, List<String> words) throws Refusal {
        return judged(program, words, paths);
    }

    private Judged judged(String program, List<String> words, Paths paths) throws Refusal {
        var rule = rules.find(program);
        if (rule == null) {
            throw new Refusal("what '" + program + "' does is not known");
        }
        return ArgumentJudge.judge(program, rule, words, paths, unseen);
    }

    private static List<String> named(String program, List<String> words) {
        var argv = new ArrayList<String>(words.size() + 1);
        argv.add(program);
        argv.addAll(words);
        return argv;
    }

    /** What is unpacked has the names, the links and the contents that the archive says: nobody has judged them. */
    private Run unpacked(String program, List<String> words) throws Refusal {
        var judged = judged(program, words);
        return new Run(
                judged.kind() == CommandClass.DANGEROUS
                        ? new Judged(
                                CommandClass.DANGEROUS, "what " + program + " would make is known to the archive alone")
                        : judged,
                named(program, words));
    }

    /** A link that lies where a file is copied to is replaced: nothing is written to where it leads. */
    private Run copied(List<String> words) throws Refusal {
        var argv = new ArrayList<>(List.of("cp", "--remove-destination"));
        argv.addAll(words);
        return new Run(judged("cp", words), argv);
    }

    /** A command that another one runs. */
    private Run wrapped(String program, List<String> words, int depth) throws Refusal {
        var wrapped = Wrappers.unwrap(program, words);
        var inner = judge(wrapped.argv(), depth + 1);
        var argv = new ArrayList<String>();
        if (!wrapped.before().isEmpty() || program.equals("nice")) {
            argv.add(program);
            argv.addAll(wrapped.before());
        }
        argv.addAll(inner.argv());
        var environment = new HashMap<>(inner.environment());
        wrapped.environment().forEach(environment::putIfAbsent);
        return new Run(inner.judged(), argv, environment, inner.git());
    }

    /**
     * What {@code find} would do: what it does itself, and what it has done with each file that it finds. Such a file is in
     * the workspace, but it may be any one, and so nothing but reading is done with it.
     */
    private Judged found(List<String> words, int depth) throws Refusal {
        var own = new ArrayList<String>();
        int at = 0;
        while (at < words.size()) {
            if (!words.get(at).equals("-exec") && !words.get(at).equals("-execdir")) {
                own.add(words.get(at++));
                continue;
            }
            int end = at + 1;
            while (end < words.size() && !ends(words, end)) {
                end++;
            }
            if (end >= words.size()) {
                throw new Refusal("find lacks the end of what it is to run");
            }
            var argv = words.subList(at + 1, end);
            if (words.get(at).equals("-execdir") && !isPlain(argv)) {
                throw new Refusal("find -execdir runs it in another folder than it is judged for");
            }
            reading(argv, FoundFiles.origins(words), words.get(end).equals("+") ? MANY : 1, depth);
            own.add("-print");
            at = end + 1;
        }
        return judged("find", own);
    }

    private static boolean ends(List<String> words, int at) {
        return words.get(at).equals(";")
                || (words.get(at).equals("+") && words.get(at - 1).equals(FOUND));
    }

    /** Whether it is a program that reads files and nothing besides, options without values, and the file. */
    private boolean isPlain(List<String> argv) {
        var rule = argv.size() < 2 ? null : rules.find(argv.getFirst());
        return rule != null
                && rule.operands().equals(List.of(Value.READ))
                && argv.subList(1, argv.size() - 1).stream()
                        .allMatch(word -> word.matches("-[A-Za-z0-9]+")
                                && word.chars()
                                        .skip(1)
                                        .mapToObj(c -> rule.options().get("-" + (char) c))
                                        .allMatch(option -> option != null
                                                && option.values().isEmpty()));
    }

    private void reading(List<String> argv, List<String> origins, int most, int depth) throws Refusal {
        boolean last = !argv.isEmpty() && argv.getLast().equals(FOUND);
        var before = last ? argv.subList(0, argv.size() - 1) : argv;
        if (!last || before.stream().anyMatch(word -> word.contains(FOUND))) {
            throw new Refusal("find runs something of which the file is not simply the last word");
        }
        onFound(before, origins, 1, most, depth);
    }

    /**
     * What is run with up to {@code most} files behind it, or none, of which nobody knows which they are: it may only read.
     *
     * @param origins what their names begin with, or are
     */
    Run onFound(List<String> argv, List<String> origins, int most) throws Refusal {
        return onFound(argv, origins, 0, most, 0);
    }

    private Run onFound(List<String> argv, List<String> origins, int least, int most, int depth) throws Refusal {
        if (argv.isEmpty()) {
            throw new Refusal("a command is missing");
        }
        Run run = null;
        for (String origin : origins) {
            for (String name : List.of(origin + "/found", origin)) {
                var found = onFound(argv, name, least, most, depth);
                run = run == null ? found : run;
            }
        }
        return Objects.requireNonNull(run);
    }

    private Run onFound(List<String> argv, String name, int least, int most, int depth) throws Refusal {
        Run run = null;
        var invocation = new Invocation(rules, paths, Set.of(name));
        for (int files = most; files >= least; files--) {
            var words = new ArrayList<>(argv);
            words.addAll(Collections.nCopies(files, name));
            var found = invocation.judge(words, depth + 1);
            if (found.git()) {
                throw new Refusal("git is not run on what is found: it would go by the repository's configuration");
            }
            if (found.judged().kind() != CommandClass.SAFE) {
                throw new Refusal("what is run on everything that is found is not only reading: "
                        + found.judged().reason());
            }
            if (run == null) {
                run = new Run(
                        found.judged(), found.argv().subList(0, found.argv().size() - files), found.environment());
            }
        }
        return Objects.requireNonNull(run);
    }

    private Run git(List<String> words) throws Refusal {
        if (paths.isGits(paths.folder())) {
            throw new Refusal("git is not run in its own folder");
        }
        var argv = new ArrayList<>(GIT);
        var inside = paths;
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at);
            if (word.equals("-C") && at + 1 < words.size()) {
                inside.check(words.get(at + 1));
                if (inside.isGits(words.get(at + 1))) {
                    throw new Refusal("git is not run in its own folder");
                }
                inside = inside.in(words.get(at + 1));
                argv.add(word);
                argv.add(words.get(++at));
            } else if (word.equals("--version") && words.size() == at + 1) {
                return new Run(new Judged(CommandClass.SAFE, ""), List.of("git", "--version"));
            } else if (!word.equals("--no-pager") && !word.equals("-P")) {
                throw new Refusal("what git does with '" + word + "' is not known");
            }
            at++;
        }
        if (at >= words.size()) {
            throw new Refusal("git lacks its subcommand");
        }
        String name = "git " + words.get(at);
        String longer = at + 1 < words.size() ? name + " " + words.get(at + 1) : name;
        boolean two = rules.find(longer) != null && !longer.equals(name);
        var rest = words.subList(at + (two ? 2 : 1), words.size());
        if (rest.stream()
                .anyMatch(word -> word.contains("%G") || SIGNATURE.matcher(word).find())) {
            throw new Refusal("git would run what checks signatures");
        }
        var judged = judged(two ? longer : name, rest, inside);
        argv.addAll(words.subList(at, at + (two ? 2 : 1)));
        var rule = rules.find(two ? longer : name);
        if (rule != null) {
            argv.addAll(rule.insert());
        }
        argv.addAll(rest);
        return new Run(judged, argv, Map.of(), true);
    }
}
