package io.perpetua.domain.commands;

import io.perpetua.domain.commands.Rule.Instead;
import io.perpetua.domain.commands.Rule.Option;
import io.perpetua.domain.commands.Rule.Style;
import io.perpetua.domain.commands.Rule.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * The rules' language. A line without an indent begins a rule:
 *
 *   cat tac: safe read*                names, the class, what the operands are: text, lasting (a text, or nothing where nothing
 *                                      follows), read, write, archive, sed, awk,
 *                                      jq, output (written, or /dev/null), folder (what
 *                                      follows is in it), date (or a file's), prefix and suffix (parts of a written
 *                                      name), machine (changes it); one of
 *                                      them with a star for as many as there are
 *   = dangerous stops the machine      a class and the reason; below, names of programs of which that is all that is known,
 *                                      subcommands with an underscore: git_push
 *
 * Indented lines describe the rule above:
 *
 *   flags -abc --long                  options without a value; text, read, write, archive, sed, awk: with one of that kind
 *   optional -i --color                options that may have a value, only in the same word; suffix: one that names a copy;
 *                                      ending: a value that is put behind a written name
 *   pair --arg                         two texts; textread --slurpfile: a text and a path
 *   to write -i                        options without a value that make the line at least that; "; reason" at the end
 *   safe -l                            options that make a line safe
 *   first -e                           options, described above, that stand in for the first operand; last likewise
 *   style exact                        or whole, words; digits: -5 is an option; insert --x: is added when it is run
 */
/** What is known of programs. Immutable. */
public final class RuleBook {

    private static final String SHIPPED = "programs.rules";

    private final Map<String, Rule> rules;

    private RuleBook(Map<String, Rule> rules) {
        this.rules = rules;
    }

    /** The rules that are shipped. */
    public static RuleBook shipped() {
        try (var in = RuleBook.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing");
            }
            return new RuleBook(Map.of()).with(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These rules and others, which replace those of the same programs.
     *
     * @throws IllegalArgumentException when the text makes no sense, with the number of the line
     */
    public RuleBook with(String text) {
        var all = new HashMap<>(rules);
        var reader = new Reader(all);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            try {
                reader.line(lines[i].stripTrailing());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        reader.finish();
        return new RuleBook(Map.copyOf(all));
    }

    /** What is known of a program, null when nothing is. */
    @Nullable
    Rule find(String program) {
        return rules.get(program);
    }

    /** Puts rules together from lines. */
    private static final class Reader {

        private final Map<String, Rule> rules;
        private List<String> names = List.of();
        private @Nullable Rule base;
        private Map<String, Option> options = new HashMap<>();
        private @Nullable Rule listed;

        Reader(Map<String, Rule> rules) {
            this.rules = rules;
        }

        void line(String line) {
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            if (line.startsWith("=")) {
                finish();
                String[] words = line.substring(1).strip().split("\\s+", 2);
                listed = new Rule(
                        kind(words[0]),
                        words.length < 2 ? "" : words[1],
                        Style.ANY,
                        Map.of(),
                        List.of(Value.TEXT),
                        0,
                        false,
                        List.of());
            } else if (line.startsWith(" ")) {
                describe(line.strip());
            } else if (line.contains(":")) {
                finish();
                begin(line);
            } else if (listed != null) {
                for (String name : line.split("\\s+", -1)) {
                    rules.put(name.replace('_', ' '), listed);
                }
            } else {
                throw new IllegalArgumentException("expected a rule, found '" + line + "'");
            }
        }

        void finish() {
            var rule = base;
            if (rule != null) {
                var whole = new Rule(
                        rule.kind(),
                        rule.reason(),
                        rule.style(),
                        options,
                        rule.operands(),
                        rule.repeated(),
                        rule.digits(),
                        rule.insert());
                names.forEach(name -> rules.put(name, whole));
            }
            base = null;
            listed = null;
            options = new HashMap<>();
        }

        private void begin(String line) {
            String[] halves = line.split(":", 2);
            // Subcommands are named after their program: "git log".
            names = Arrays.stream(halves[0].split(",", -1)).map(String::strip).toList();
            var words = halves[1].strip().split("\\s+", -1);
            var operands = new ArrayList<Value>();
            int repeated = -1;
            for (String word : Arrays.asList(words).subList(1, words.length)) {
                if (word.endsWith("*")) {
                    repeated = operands.size();
                }
                operands.add(value(word.replace("*", "")));
            }
            base = new Rule(kind(words[0]), "", Style.GNU, Map.of(), operands, repeated, false, List.of());
        }

        private void describe(String line) {
            var rule = base;
            if (rule == null) {
                throw new IllegalArgumentException("nothing is described by '" + line + "'");
            }
            String[] halves = line.split(";", 2);
            String reason = halves.length < 2 ? "" : halves[1].strip();
            var words = new ArrayList<>(Arrays.asList(halves[0].strip().split("\\s+", -1)));
            String verb = words.removeFirst();
            switch (verb) {
                case "style" ->
                    base = styled(rule, Style.valueOf(words.getFirst().toUpperCase(Locale.ROOT)));
                case "digits" ->
                    base = new Rule(
                            rule.kind(),
                            "",
                            rule.style(),
                            Map.of(),
                            rule.operands(),
                            rule.repeated(),
                            true,
                            rule.insert());
                case "insert" ->
                    base = new Rule(
                            rule.kind(),
                            "",
                            rule.style(),
                            Map.of(),
                            rule.operands(),
                            rule.repeated(),
                            rule.digits(),
                            words);
                case "flags" -> add(words, new Option(List.of(), false, null, false, "", Instead.NONE));
                case "optional" -> add(words, new Option(List.of(Value.TEXT), true, null, false, "", Instead.NONE));
                case "suffix" ->
                    add(
                            words,
                            new Option(List.of(Value.SUFFIX), true, CommandClass.WRITE, false, reason, Instead.NONE));
                case "ending" -> add(words, new Option(List.of(Value.SUFFIX), false, null, false, "", Instead.NONE));
                case "pair" ->
                    add(words, new Option(List.of(Value.TEXT, Value.TEXT), false, null, false, "", Instead.NONE));
                case "textread" ->
                    add(words, new Option(List.of(Value.TEXT, Value.READ), false, null, false, "", Instead.NONE));
                case "safe" -> add(words, new Option(List.of(), false, null, true, "", Instead.NONE));
                case "to" -> {
                    var kind = kind(words.removeFirst());
                    add(words, new Option(List.of(), false, kind, false, reason, Instead.NONE));
                }
                case "first" -> instead(words, Instead.FIRST);
                case "last" -> instead(words, Instead.LAST);
                default -> add(words, new Option(List.of(value(verb)), false, null, false, "", Instead.NONE));
            }
        }

        private static Rule styled(Rule rule, Style style) {
            return new Rule(
                    rule.kind(), "", style, Map.of(), rule.operands(), rule.repeated(), rule.digits(), rule.insert());
        }

        private void add(List<String> words, Option option) {
            split(words).forEach(name -> options.put(name, option));
        }

        private void instead(List<String> words, Instead instead) {
            for (String name : split(words)) {
                var known = options.get(name);
                if (known == null) {
                    throw new IllegalArgumentException("'" + name + "' is not described yet");
                }
                options.put(
                        name,
                        new Option(
                                known.values(),
                                known.attached(),
                                known.raises(),
                                known.lowers(),
                                known.reason(),
                                instead));
            }
        }

        /** The single options: {@code -abc} are three of them, but for programs whose options are whole words. */
        private List<String> split(List<String> words) {
            var names = new ArrayList<String>();
            for (String word : words) {
                if (word.startsWith("--") || (base != null && base.style() == Style.WHOLE)) {
                    names.add(word);
                } else if (word.startsWith("-")) {
                    word.chars().skip(1).forEach(c -> names.add("-" + (char) c));
                } else {
                    throw new IllegalArgumentException("expected an option, found '" + word + "'");
                }
            }
            return names;
        }

        private static CommandClass kind(String word) {
            for (CommandClass each : CommandClass.values()) {
                if (each.wire().equals(word)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("expected a class, found '" + word + "'");
        }

        private static Value value(String word) {
            for (Value each : Value.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("expected a kind of value, found '" + word + "'");
        }
    }
}
