package io.perpetua.domain.commands;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Programs that do nothing of their own but run another one, and variables that may be set for it. */
final class Wrappers {

    /** Those that are left out when their program is run: a sandbox has no terminal to outlive, and one speed. */
    private static final Set<String> LEFT_OUT = Set.of("env", "nohup", "stdbuf", "ionice", "time");

    /** In other character sets a backslash or a bracket may be half of a character, and no sign of a program. */
    private static final Pattern LOCALE = Pattern.compile("C|POSIX|(C|[a-z]{2,3}_[A-Z]{2})\\.(UTF-8|utf8)");

    private static final Map<String, Pattern> VARIABLES = Map.of(
            "LC_ALL", LOCALE,
            "LC_COLLATE", LOCALE,
            "LC_CTYPE", LOCALE,
            "LC_NUMERIC", LOCALE,
            "LC_TIME", LOCALE,
            "LC_MESSAGES", LOCALE,
            "LANG", LOCALE,
            "TZ", Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+,-]*(/[A-Za-z0-9_+-]+){0,2}"),
            "COLUMNS", Pattern.compile("\\d{1,4}"));
    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)=(.*)");

    private Wrappers() {}

    /**
     * A program that is run by another one.
     *
     * @param before the words of the other one that are kept in front of it
     * @param argv its own words
     * @param environment variables that are set for it
     */
    record Wrapped(List<String> before, List<String> argv, Map<String, String> environment) {}

    static boolean knows(String program) {
        return LEFT_OUT.contains(program) || program.equals("nice") || program.equals("timeout");
    }

    /** What {@code program}, which is one of these, runs by the words behind its name. */
    static Wrapped unwrap(String program, List<String> words) throws Refusal {
        var environment = new HashMap<String, String>();
        int own = switch (program) {
            case "nice" -> nice(words);
            case "timeout" -> timeout(words);
            case "env" -> env(words, environment);
            case "stdbuf" ->
                options(words, "-[ioe](0|L|\\d+[kKMG]?)|--(input|output|error)=(0|L|\\d+[kKMG]?)", "-[ioe]");
            case "ionice" -> options(words, "-[cn]\\d|-t|--class=\\w+|--classdata=\\d|--ignore", "-[cn]");
            case "time" -> options(words, "-[pv]|--portability|--verbose", "(?!)");
            default -> 0;
        };
        if (own >= words.size() || words.get(own).startsWith("-")) {
            throw new Refusal("what " + program + " runs is not known");
        }
        var before = LEFT_OUT.contains(program) ? List.<String>of() : words.subList(0, own);
        return new Wrapped(before, words.subList(own, words.size()), environment);
    }

    /** Refuses a variable that could make a program do something else. */
    static void check(String name, String value) throws Refusal {
        var harmless = VARIABLES.get(name);
        if (harmless == null || !harmless.matcher(value).matches()) {
            throw new Refusal("what a program does with the variable " + name + " is not known");
        }
    }

    private static int env(List<String> words, Map<String, String> environment) throws Refusal {
        int at = 0;
        for (var set = ASSIGNMENT.matcher("");
                at < words.size() && set.reset(words.get(at)).matches();
                at++) {
            check(set.group(1), set.group(2));
            environment.put(set.group(1), set.group(2));
        }
        return at;
    }

    /** How many of {@code words} are options: those that match {@code whole}, and {@code valued} with the word behind. */
    private static int options(List<String> words, String whole, String valued) throws Refusal {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            if (words.get(at).matches(valued)
                    && at + 1 < words.size()
                    && words.get(at + 1).matches("\\w+")) {
                at += 2;
            } else if (words.get(at).matches(whole)) {
                at++;
            } else {
                throw new Refusal("what is to be done with '" + words.get(at) + "' is not known");
            }
        }
        return at;
    }

    private static int nice(List<String> words) {
        if (!words.isEmpty() && words.getFirst().equals("-n")) {
            return 2;
        }
        return !words.isEmpty() && words.getFirst().matches("-n?-?\\d+|--adjustment=-?\\d+") ? 1 : 0;
    }

    private static int timeout(List<String> words) throws Refusal {
        int at = options(
                words,
                "-[ks]\\w+|--(signal|kill-after)=\\w+|--preserve-status|--foreground|-v|--verbose",
                "-[ks]|--signal|--kill-after");
        if (at >= words.size() || !words.get(at).matches("[\\d.]+[smhd]?")) {
            throw new Refusal("timeout lacks its duration");
        }
        return at + 1;
    }
}
