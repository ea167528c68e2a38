package io.perpetua.domain.commands;

import io.perpetua.domain.commands.Rule.Instead;
import io.perpetua.domain.commands.Rule.Option;
import io.perpetua.domain.commands.Rule.Style;
import io.perpetua.domain.commands.Rule.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words of one command as its program would, and tells by its rule what it would do. For one use. */
final class ArgumentJudge {

    /** What a command would do, and why it is no better. */
    record Judged(CommandClass kind, String reason) {

        Judged or(Judged other) {
            return other.kind.compareTo(kind) > 0 ? other : this;
        }
    }

    /** Programs that take what stands behind their first operand for operands, dashes or not. */
    private static final Set<String> OPTIONS_FIRST =
            Set.of("awk", "gawk", "mawk", "nawk", "original-awk", "xxd", "unzip", "git config");

    /** Programs that read options by a way of their own, in which two dashes, or one, need not be what they are for others. */
    private static final Set<String> OTHER_DASHES = Set.of("unzip", "zipinfo", "zip", "jq", "tree");

    /** Programs for which a value that begins with {@code @} is a file of more values. */
    private static final Set<String> FILES_OF_WORDS = Set.of("strings", "zip");

    /** Programs that take no value out of the word that an option of a letter stands in. */
    private static final Set<String> VALUES_BEHIND = Set.of("tree");

    /** What programs put behind a name of theirs to find another file. */
    private static final Map<String, List<String>> ENDINGS = Map.of(
            "unzip", List.of(".zip", ".ZIP"),
            "zipinfo", List.of(".zip", ".ZIP"),
            "zip", List.of(".zip"),
            "file", List.of(".mgc"),
            "gzip", List.of(".gz", ".z", "-z", ".Z", "-gz", "_z", ".tgz", ".taz"),
            "gunzip", List.of(".gz", ".z", "-z", ".Z", "-gz", "_z", ".tgz", ".taz"),
            "zcat", List.of(".gz", ".z", "-z", ".Z", "-gz", "_z", ".tgz", ".taz"));

    /** Programs that take along what is below a folder, to where it may take the place of what git keeps. */
    private static final Set<String> TAKES_ALONG = Set.of("cp", "mv");

    /** Programs whose last operand may be a folder, for what keeps its name. */
    private static final Set<String> PUT_INTO_FOLDERS = Set.of("cp", "mv", "ln");

    private static final Pattern JQ_MODULES =
            Pattern.compile("(?<![.$\\w])(import|include|module|modulemeta)\\b(?!\\s*:)");
    private static final Pattern JQ_TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GIT_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_/-]+)+");
    private static final String GIT = ".git";

    /** Programs that know wildcards of their own. */
    private static final Set<String> MATCHING = Set.of("unzip", "zipinfo");

    private static final Pattern WILD = Pattern.compile("[*?\\[\\\\]");

    private final String program;
    private final Rule rule;
    private final Paths paths;
    /** Those of its words that stand for names that nobody has seen. */
    private final Set<String> unseen;
    /** Where operands are seen from besides, null for nowhere else. */
    private @Nullable Paths elsewhere;
    /** The folder that an option names for what is copied there, null for none. */
    private @Nullable String target;

    /** Every option that was taken. */
    private final Set<String> taken = new HashSet<>();

    private final List<String> operands = new ArrayList<>();
    private final StringBuilder sed = new StringBuilder();
    private Judged judged;
    private boolean lowered;
    private boolean raised;
    private boolean withoutFirst;
    private boolean withoutLast;
    /** Whether any of its paths is where git keeps what it runs. */
    private boolean touchesGit;

    private ArgumentJudge(String program, Rule rule, Paths paths, Set<String> unseen) {
        this.program = program;
        this.rule = rule;
        this.paths = paths;
        this.unseen = unseen;
        judged = new Judged(rule.kind(), rule.reason().isEmpty() ? "" : program + ": " + rule.reason());
    }

    /**
     * What {@code program} would do with {@code words}.
     *
     * @param unseen those of them that stand for names that nobody has seen
     */
    static Judged judge(String program, Rule rule, List<String> words, Paths paths, Set<String> unseen) throws Refusal {
        return new ArgumentJudge(program, rule, paths, unseen).judge(words);
    }

    private Judged judge(List<String> words) throws Refusal {
        if (words.stream().anyMatch(word -> word.contains("TZ=\""))) {
            throw new Refusal("a time zone may be any file");
        }
        switch (rule.style()) {
            case ANY -> {
                for (String word : words) {
                    any(word);
                }
                return judged;
            }
            case WORDS -> operands.addAll(words);
            case GNU, EXACT, WHOLE -> options(words);
        }
        operands();
        links();
        copies();
        // With a value behind, it sets that; git of later versions has subcommands, whose names have no dot.
        lowered |= program.equals("git config")
                && operands.size() == 1
                && GIT_KEY.matcher(operands.getFirst()).matches();
        if (!sed.isEmpty()) {
            raise(SedScript.judge(sed.toString(), paths));
        }
        if (lowered && !raised) {
            return new Judged(CommandClass.SAFE, "");
        }
        touchesGit |= paths.isGits(paths.folder());
        if (judged.kind() == CommandClass.WRITE && touchesGit) {
            raise(new Judged(CommandClass.DANGEROUS, program + " changes, or takes along, what git keeps and runs"));
        }
        return judged;
    }

    /** Of a program that is not run in any case: whether it would leave the workspace besides. */
    private void any(String word) throws Refusal {
        String path = word.substring(word.indexOf('=') + 1);
        if (path.startsWith("/") || path.equals("..") || path.startsWith("../") || path.contains("/../")) {
            value(Value.READ, path);
        }
    }

    private void options(List<String> words) throws Refusal {
        var left = new ArrayDeque<>(words);
        boolean only = false;
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (word.equals("-") && OTHER_DASHES.contains(program)) {
                throw new Refusal("what " + program + " does with '-' is not known");
            }
            if (only || word.length() < 2 || !word.startsWith("-")) {
                operands.add(word);
            } else if (!operands.isEmpty() && isOperand(word)) {
                throw new Refusal("what " + program + " does with '" + word + "' behind its operands is not known");
            } else if (word.equals("--") && rule.style() != Style.WHOLE) {
                if (OTHER_DASHES.contains(program)) {
                    throw new Refusal("what " + program + " does with '--' is not known");
                }
                only = true;
            } else if (rule.style() == Style.WHOLE) {
                whole(word, left);
            } else if (word.startsWith("--")) {
                longOption(word, left);
            } else if (!(rule.digits() && word.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'))) {
                bundle(word, left);
            }
        }
    }

    /** An option that is a word; a number may stand right behind one of a letter, as in {@code -l16}. */
    private void whole(String word, Deque<String> left) throws Refusal {
        var letter = rule.options().get(word.substring(0, 2));
        if (letter != null
                && letter.values().equals(List.of(Value.TEXT))
                && word.substring(2).matches("[+-]?(0x)?[0-9a-fA-F]+")) {
            take(word.substring(0, 2), letter, word.substring(2), left);
        } else {
            take(word, known(word), null, left);
        }
    }

    /** What stands behind the first operand; {@code unzip} says there where it writes, and what it leaves out. */
    private boolean isOperand(String word) {
        return OPTIONS_FIRST.contains(program)
                && !(program.equals("unzip") && (word.startsWith("-d") || word.startsWith("-x")));
    }

    private void longOption(String word, Deque<String> left) throws Refusal {
        int equals = word.indexOf('=');
        String name = written(equals < 0 ? word : word.substring(0, equals));
        take(name, known(name), equals < 0 ? null : word.substring(equals + 1), left);
    }

    /** The option that {@code name} is, or is short for. */
    private String written(String name) throws Refusal {
        if (rule.options().containsKey(name) || rule.style() != Style.GNU) {
            return name;
        }
        var candidates = rule.options().keySet().stream()
                .filter(each -> each.startsWith(name))
                .toList();
        if (candidates.size() > 1) {
            // Which one is meant, only the program knows: the worst is.
            for (String each : candidates) {
                var option = Objects.requireNonNull(rule.options().get(each));
                if (option.raises() == CommandClass.DANGEROUS) {
                    return each;
                }
            }
            throw new Refusal("'" + name + "' is short for more than one option of " + program);
        }
        return candidates.isEmpty() ? name : candidates.getFirst();
    }

    private void bundle(String word, Deque<String> left) throws Refusal {
        for (int i = 1; i < word.length(); i++) {
            String name = "-" + word.charAt(i);
            var option = known(name);
            String rest = word.substring(i + 1);
            if (!option.values().isEmpty()) {
                if (!rest.isEmpty() && VALUES_BEHIND.contains(program)) {
                    throw new Refusal(program + " takes the word behind for the value of '" + name + "'");
                }
                take(name, option, rest.isEmpty() ? null : rest, left);
                return;
            }
            take(name, option, null, left);
        }
    }

    /** Whether it depends on its version, or on more, which options have values of their own. */
    private boolean hidesOptions() {
        return VALUES_BEHIND.contains(program)
                || program.equals("unzip")
                || (program.startsWith("git ") && !program.equals("git commit"));
    }

    private Option known(String name) throws Refusal {
        var option = rule.options().get(name);
        if (option == null) {
            throw new Refusal("what " + program + " does with '" + name + "' is not known");
        }
        return option;
    }

    private void take(String name, Option option, @Nullable String attached, Deque<String> left) throws Refusal {
        taken.add(name);
        if (option.raises() != null) {
            raised = true;
            raise(new Judged(
                    option.raises(),
                    program + " with " + name + (option.reason().isEmpty() ? "" : " " + option.reason())));
            if (option.raises() == CommandClass.BLOCKED) {
                throw new Refusal(judged.reason());
            }
        }
        lowered |= option.lowers();
        withoutFirst |= option.instead() == Instead.FIRST;
        withoutLast |= option.instead() == Instead.LAST;
        if (option.values().isEmpty() && option.raises() == null && attached != null) {
            throw new Refusal(program + " takes no value for '" + name + "'");
        }
        String next = attached;
        for (Value each : option.values()) {
            if (next == null && option.attached()) {
                return;
            }
            if (next == null && left.isEmpty() && each == Value.LASTING) {
                return;
            }
            if (next == null && left.isEmpty()) {
                throw new Refusal("'" + name + "' of " + program + " lacks its value");
            }
            if (next == null && hidesOptions() && left.getFirst().startsWith("-")) {
                throw new Refusal("'" + left.getFirst() + "' behind '" + name + "' may be an option of its own");
            }
            String value = next == null ? left.removeFirst() : next;
            target = option.instead() == Instead.LAST ? value : target;
            value(each, value);
            next = null;
        }
    }

    private void operands() throws Refusal {
        var kinds = new ArrayList<>(rule.operands());
        int repeated = rule.repeated();
        if (withoutFirst && !kinds.isEmpty()) {
            kinds.removeFirst();
            repeated--;
        }
        if (withoutLast && !kinds.isEmpty()) {
            kinds.removeLast();
        }
        if (repeated < 0 && operands.size() > kinds.size()) {
            throw new Refusal(program + " is not known to take '" + operands.get(kinds.size()) + "'");
        }
        int behind = repeated < 0 ? 0 : kinds.size() - 1 - repeated;
        for (int i = 0; i < operands.size(); i++) {
            int fromEnd = operands.size() - i;
            int kind = repeated < 0 || i < repeated ? i : fromEnd <= behind ? kinds.size() - fromEnd : repeated;
            if (kinds.get(kind) != Value.READ || !linksByText()) {
                value(kinds.get(kind), operands.get(i));
            }
        }
    }

    private boolean linksByText() {
        return program.equals("ln")
                && (taken.contains("-s") || taken.contains("--symbolic"))
                && !taken.contains("-r")
                && !taken.contains("--relative");
    }

    /** A link leads to what its text says where it lies, and not where it is made. */
    private void links() throws Refusal {
        if (!linksByText()) {
            return;
        }
        var into = elsewhere;
        int sources = operands.size();
        if (into == null && operands.size() > 1) {
            String last = operands.getLast();
            sources--;
            into = paths.in(paths.place(last) == Place.FOLDER ? last : last + "/..");
        }
        if (into != null) {
            for (String source : operands.subList(0, sources)) {
                into.check(source);
                touchesGit |= into.isGits(source);
            }
        }
    }

    /** What is put into a folder has the names there that it had, and {@code split} has a name where none is said. */
    private void copies() throws Refusal {
        var copies = new Copies(paths);
        if (program.equals("split") && operands.size() < 2) {
            value(Value.PREFIX, "x");
        }
        if (!PUT_INTO_FOLDERS.contains(program)) {
            return;
        }
        String folder = target;
        var sources = operands;
        if (folder == null && operands.size() > 1) {
            folder = operands.getLast();
            sources = new ArrayList<>(operands.subList(0, operands.size() - 1));
        }
        if (folder != null && paths.place(folder) == Place.FOLDER) {
            touchesGit |= copies.touchGit(sources, folder);
        }
        for (String source : TAKES_ALONG.contains(program) ? sources : List.<String>of()) {
            touchesGit |= copies.holdGit(source);
        }
    }

    private void value(Value kind, String value) throws Refusal {
        if (FILES_OF_WORDS.contains(program) && value.startsWith("@")) {
            throw new Refusal("what is in '" + value.substring(1) + "' is not known to " + program + "'s judge");
        }
        if (kind != Value.READ && kind != Value.TEXT && unseen.contains(value)) {
            throw new Refusal("what " + program + " would do with a name that is found is not known");
        }
        switch (kind) {
            case TEXT, LASTING -> {}
            case READ -> {
                if (!value.equals("-") && !Paths.isNull(value)) {
                    path(value);
                }
            }
            case WRITE -> {
                raise(new Judged(CommandClass.WRITE, program + " writes '" + value + "'"));
                path(value);
            }
            case OUTPUT -> {
                if (!Paths.isNull(value)) {
                    value(Value.WRITE, value);
                }
            }
            case FOLDER -> {
                if (elsewhere != null) {
                    throw new Refusal("where " + program + " is after more than one folder is not known");
                }
                path(value);
                elsewhere = paths.in(value);
            }
            case DATE -> {
                if (value.startsWith("/") || value.startsWith(".")) {
                    value(Value.READ, value);
                }
            }
            case PREFIX -> {
                value(Value.WRITE, value);
                String name = value.substring(value.lastIndexOf('/') + 1);
                touchesGit |= !name.isEmpty() && GIT.startsWith(name);
                touchesGit |= new Copies(paths).touchGit(value);
            }
            case MACHINE -> raise(new Judged(CommandClass.DANGEROUS, program + " changes the machine"));
            case ARCHIVE -> {
                if (value.indexOf(':') >= 0) {
                    throw new Refusal("'" + value + "' names another machine");
                }
                if (MATCHING.contains(program) && WILD.matcher(value).find()) {
                    throw new Refusal(program + " itself would look for what '" + value + "' means");
                }
                value(Value.READ, value);
            }
            case SUFFIX -> {
                if (value.indexOf('/') >= 0 || value.indexOf('*') >= 0) {
                    throw new Refusal("'" + value + "' names another folder");
                }
                touchesGit |= !value.isEmpty() && GIT.endsWith(value); // a name may come to it
            }
            case SED -> sed.append(value).append('\n');
            case AWK -> AwkProgram.check(value);
            case JQ -> {
                if (JQ_MODULES.matcher(withoutTexts(value)).find()) {
                    throw new Refusal("the jq program reads other files");
                }
            }
            case FORMAT -> {
                if (!value.startsWith("+")) {
                    raise(new Judged(CommandClass.DANGEROUS, program + " sets the machine's clock"));
                }
            }
        }
    }

    /** A {@code jq} program without its texts, where it is plain which these are. */
    private static String withoutTexts(String jq) {
        return jq.contains("#") || jq.contains("\\(") ? jq : JQ_TEXT.matcher(jq).replaceAll("\"\"");
    }

    private void path(String path) throws Refusal {
        paths.check(path);
        touchesGit |= paths.isGits(path);
        for (String ending : ENDINGS.getOrDefault(program, List.of())) {
            paths.check(path + ending);
            touchesGit |= paths.isGits(path + ending);
        }
        if (elsewhere != null) {
            elsewhere.check(path);
            touchesGit |= elsewhere.isGits(path);
        }
    }

    private void raise(Judged other) {
        judged = judged.or(other);
    }
}
