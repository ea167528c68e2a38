package io.perpetua.adapters.commands;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a command apart.
 *
 * @param options the values of each option that is there, by its name without dashes; of one without a value, empty texts
 */
record Arguments(Map<String, List<String>> options, List<String> operands) {

    /** An option that is not known here. */
    static final class Unsupported extends Exception {

        private static final long serialVersionUID = 1L;

        Unsupported(String word) {
            super("'" + word + "' needs a sandbox, and bubblewrap is not there", null, false, false);
        }
    }

    /**
     * Reads words.
     *
     * @param flags letters, and long names behind commas, of options without a value
     * @param valued the same of options with one
     */
    static Arguments of(List<String> words, String flags, String valued) throws Unsupported {
        var longFlags = List.of(flags.split(",", -1));
        var longValued = List.of(valued.split(",", -1));
        var arguments = new Arguments(new HashMap<>(), new ArrayList<>());
        int at = 0;
        boolean only = false;
        while (at < words.size()) {
            String word = words.get(at++);
            if (only || word.length() < 2 || word.charAt(0) != '-') {
                arguments.operands.add(word);
            } else if (word.equals("--")) {
                only = true;
            } else if (word.startsWith("--")) {
                String[] halves = word.substring(2).split("=", 2);
                boolean takes = longValued.subList(1, longValued.size()).contains(halves[0]);
                if (takes && (halves.length == 2 || at < words.size())) {
                    arguments.add(halves[0], halves.length == 2 ? halves[1] : words.get(at++));
                } else if (halves.length == 1
                        && longFlags.subList(1, longFlags.size()).contains(halves[0])) {
                    arguments.add(halves[0], "");
                } else {
                    throw new Unsupported(word);
                }
            } else {
                for (int i = 1; i < word.length(); i++) {
                    String letter = word.substring(i, i + 1);
                    if (longValued.getFirst().contains(letter)) {
                        if (i + 1 == word.length() && at == words.size()) {
                            throw new Unsupported(word);
                        }
                        arguments.add(letter, i + 1 < word.length() ? word.substring(i + 1) : words.get(at++));
                        break;
                    }
                    if (!longFlags.getFirst().contains(letter)) {
                        throw new Unsupported(word);
                    }
                    arguments.add(letter, "");
                }
            }
        }
        return arguments;
    }

    private void add(String name, String value) {
        options.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    boolean has(String... names) {
        for (String name : names) {
            if (options.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    /** Every value of the options of these names. */
    List<String> values(String... names) {
        var values = new ArrayList<String>();
        for (String name : names) {
            values.addAll(options.getOrDefault(name, List.of()));
        }
        return values;
    }
}
