package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Writes a command line in another way that does the same, or the same and something harmless besides. */
final class Mutations {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=+:@%-]+");
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./=+:@%-]+( [A-Za-z0-9_./=+:@%-]+)*");
    private static final List<String> BEFORE = List.of(
            "ls; ",
            "true && ",
            "ls | ",
            "pwd\n",
            "# nothing\n",
            "UNUSED=1; ",
            "false || ",
            "\n\n",
            "  ",
            "\t",
            "ls;ls;ls; ",
            "cat README.md | head -3 | wc -l; ",
            "cd . && ",
            "cat <<E\nharmless\nE\n",
            "cat <<'E'\n$(x)\nE\n",
            "grep -c . <<< x; ",
            "echo 'a' \"b\" \\c; ",
            "find . -name '*.py' | sort | uniq -c | head; ",
            "ls > /dev/null; ",
            "\\\n");
    private static final List<String> BEFORE_SIMPLE = List.of(
            "nice ",
            "nice -n 5 ",
            "timeout 5 ",
            "timeout -k 1 5s ",
            "command ",
            "time ",
            "! ",
            "LC_ALL=C ",
            "2>/dev/null ",
            ">/dev/null ",
            "TZ=UTC ",
            "command nice ",
            "nice timeout 9 ");
    private static final List<String> AFTER = List.of(
            "; ls",
            " && ls",
            " || true",
            "\nls",
            "\n",
            ";",
            " ",
            " | cat",
            " | head -1 | wc -l",
            "\n# end",
            " ; pwd; ls");
    private static final List<String> AFTER_SIMPLE =
            List.of(" 2>/dev/null", " >/dev/null", " 2>&1", " &>/dev/null", " </dev/null", " # why not", " |& cat");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** {@code line}, changed a few times. */
    String mutate(String line) {
        String mutated = line;
        boolean simple = SIMPLE.matcher(line).matches();
        if (simple) {
            var words = new ArrayList<String>();
            for (String word : line.split(" ", -1)) {
                words.add(random.nextInt(3) == 0 ? disguised(word) : word);
            }
            mutated = String.join("", joined(words));
            if (random.nextBoolean()) {
                mutated = any(BEFORE_SIMPLE) + mutated;
            }
            if (random.nextBoolean()) {
                mutated += any(AFTER_SIMPLE);
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            mutated = any(BEFORE) + mutated;
        }
        return random.nextBoolean() ? mutated + any(AFTER) : mutated;
    }

    private List<String> joined(List<String> words) {
        var joined = new ArrayList<String>();
        for (String word : words) {
            if (!joined.isEmpty()) {
                joined.add(any(List.of(" ", "  ", "\t", " \\\n", "\\\n ")));
            }
            joined.add(word);
        }
        return joined;
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A word that comes to the same. */
    private String disguised(String word) {
        if (!PLAIN.matcher(word).matches()) {
            return word;
        }
        int cut = random.nextInt(word.length() + 1);
        String head = word.substring(0, cut);
        String tail = word.substring(cut);
        return switch (random.nextInt(11)) {
            case 0 -> "'" + word + "'";
            case 1 -> "\"" + word + "\"";
            case 2 -> head + "''" + tail;
            case 3 -> head + "\"\"" + tail;
            case 4 -> head + (tail.isEmpty() ? "" : "\\" + tail);
            case 5 -> "$'" + encoded(word) + "'";
            case 6 -> head + "$'" + encoded(tail) + "'";
            case 7 -> "$\"" + word + "\"";
            case 8 -> head + "\\\n" + tail;
            case 9 -> "'" + head + "'\"" + tail + "\"";
            default -> Pattern.matches("-[rfRv]{2,}", word) ? word.replaceAll("(?<=\\w)(?=\\w)", " -") : word;
        };
    }

    private String encoded(String word) {
        var encoded = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            encoded.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "\\x%02x".formatted((int) c);
                        case 1 -> "\\%03o".formatted((int) c);
                        case 2 -> "\\u%04x".formatted((int) c);
                        default -> String.valueOf(c);
                    });
        }
        return encoded.toString();
    }
}
