package io.perpetua.domain.commands;

import io.perpetua.domain.commands.ArgumentJudge.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges one command by its words, down to the program that does the work. */
final class Invocation {

    private static final Set<String> FOLDERS_OF_PROGRAMS = Set.of("/bin/", "/usr/bin/");
    private static final int DEEPEST = 4;
    private static final String FOUND = "{}";

    private final RuleBook rules;
    private final Paths paths;

    /** What a command would do, and the words to run it by. */
    record Run(Judged judged, List<String> argv) {}

    Invocation(RuleBook rules, Paths paths) {
        this.rules = rules;
        this.paths = paths;
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
        return switch (program) {
            case "command" -> judge(words, depth + 1);
            case "nice" -> behind(program, words, nice(words), depth);
            case "timeout" -> behind(program, words, timeout(words), depth);
            case "find" -> new Run(found(words, depth), named(program, words));
            case "git" -> git(words);
            case "tar" -> new Run(judged(program, TarWords.dashed(words)), named(program, words));
            case ":" -> new Run(judged("true", words), named("true", words));
            default -> new Run(judged(program, words), named(program, words));
        };
    }

    /** Its name, where it is one of the system's. */
    private static String program(String word) throws Refusal {
        int slash = word.lastIndexOf('/');
        if (slash >= 0 && !FOLDERS_OF_PROGRAMS.contains(word.substring(0, slash + 1))) {
            throw new Refusal("only programs of the system are run, and '" + word + "' is none");
        }
        return word.substring(slash + 1);
    }

    private Judged judged(String program, List<String> words) throws Refusal {
        var rule = rules.find(program);
        if (rule == null) {
            throw new Refusal("what '" + program + "' does is not known");
        }
        return ArgumentJudge.judge(program, rule, words, paths);
    }

    private static List<String> named(String program, List<String> words) {
        var argv = new ArrayList<String>(words.size() + 1);
        argv.add(program);
        argv.addAll(words);
        return argv;
    }

    /** A command that stands behind another one's {@code taken} words. */
    private Run behind(String program, List<String> words, int taken, int depth) throws Refusal {
        var inner = judge(words.subList(taken, words.size()), depth + 1);
        var argv = named(program, words.subList(0, taken));
        argv.addAll(inner.argv());
        return new Run(inner.judged(), argv);
    }

    private static int nice(List<String> words) throws Refusal {
        int at = 0;
        if (at < words.size() && words.get(at).equals("-n")) {
            at += 2;
        } else if (at < words.size() && words.get(at).matches("-n?-?\\d+|--adjustment=-?\\d+")) {
            at++;
        }
        return left("nice", words, at);
    }

    private static int timeout(List<String> words) throws Refusal {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at);
            if (word.matches("-[ks]|--signal|--kill-after")) {
                at += 2;
            } else if (word.matches(
                    "-[ks]\\w+|--(signal|kill-after)=\\w+|--preserve-status|--foreground|-v|--verbose")) {
                at++;
            } else {
                throw new Refusal("what timeout does with '" + word + "' is not known");
            }
        }
        if (at >= words.size() || !words.get(at).matches("[\\d.]+[smhd]?")) {
            throw new Refusal("timeout lacks its duration");
        }
        return left("timeout", words, at + 1);
    }

    private static int left(String program, List<String> words, int at) throws Refusal {
        if (at >= words.size() || words.get(at).startsWith("-")) {
            throw new Refusal("what " + program + " runs is not known");
        }
        return at;
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
            reading(new ArrayList<>(words.subList(at + 1, end)), depth);
            own.add("-print");
            at = end + 1;
        }
        return judged("find", own);
    }

    private static boolean ends(List<String> words, int at) {
        return words.get(at).equals(";")
                || (words.get(at).equals("+") && words.get(at - 1).equals(FOUND));
    }

    private void reading(List<String> argv, int depth) throws Refusal {
        boolean last = !argv.isEmpty() && argv.getLast().equals(FOUND);
        if (last) {
            argv.set(argv.size() - 1, "./found");
        }
        if (!last || argv.stream().anyMatch(word -> word.contains(FOUND))) {
            throw new Refusal("find runs something of which the file is not simply the last word");
        }
        var run = judge(argv, depth + 1);
        if (run.argv().getFirst().equals("git")) {
            throw new Refusal("find does not run git, which would go by the repository's configuration");
        }
        var inner = run.judged();
        if (inner.kind() != CommandClass.SAFE) {
            throw new Refusal("find runs on everything that it finds what is not only reading: " + inner.reason());
        }
    }

    private Run git(List<String> words) throws Refusal {
        var argv = new ArrayList<>(List.of("git", "--no-pager"));
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at);
            if (word.equals("-C") && at + 1 < words.size()) {
                paths.check(words.get(at + 1));
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
        if (rest.stream().anyMatch(word -> word.contains("%G"))) {
            throw new Refusal("git would run what checks signatures");
        }
        var judged = judged(two ? longer : name, rest);
        argv.addAll(words.subList(at, at + (two ? 2 : 1)));
        var rule = rules.find(two ? longer : name);
        if (rule != null) {
            argv.addAll(rule.insert());
        }
        argv.addAll(rest);
        return new Run(judged, argv);
    }
}
