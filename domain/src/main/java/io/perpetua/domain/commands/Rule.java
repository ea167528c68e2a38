package io.perpetua.domain.commands;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a program.
 *
 * @param kind what it does where nothing on its line says otherwise
 * @param reason why it is no better than that, for people; empty where {@code kind} says it all
 * @param style how its words are to be read
 * @param options every option that is known, by its name with the dashes
 * @param operands what its operands are, in order; those of {@code repeated} as many as there are
 * @param repeated which of them may be repeated, -1 for none
 * @param digits whether {@code -5} is an option
 * @param insert options that are put behind its name when it is run
 */
record Rule(
        CommandClass kind,
        String reason,
        Style style,
        Map<String, Option> options,
        List<Value> operands,
        int repeated,
        boolean digits,
        List<String> insert) {

    Rule {
        options = Map.copyOf(options);
        operands = List.copyOf(operands);
        insert = List.copyOf(insert);
    }

    /** Whether any of its options is a long one. */
    boolean hasLongOptions() {
        return options.keySet().stream().anyMatch(name -> name.startsWith("--"));
    }

    /** How a program reads its words. */
    enum Style {
        /** As {@code getopt_long} does: bundled, abbreviated, between operands. */
        GNU,
        /** The same, but long options are written out. */
        EXACT,
        /** Options are whole words with one dash, as those of {@code find}. */
        WHOLE,
        /** There are no options: every word is an operand. */
        WORDS,
        /** Nobody looks at them: it is not run in any case. */
        ANY
    }

    /** What a word is to a program. */
    enum Value {
        /** Nothing but characters. */
        TEXT,
        /** The same, of an option that may stand last without it. */
        LASTING,
        /** A path that is read. */
        READ,
        /** A path that is written, moved or removed. */
        WRITE,
        /** A path that output goes to, which may as well vanish. */
        OUTPUT,
        /** A folder that what follows is seen from. */
        FOLDER,
        /** A date, or a file that has one. */
        DATE,
        /** An archive's path. */
        ARCHIVE,
        /** What is put behind a path that is written. */
        SUFFIX,
        /** A path that is written with more behind it. */
        PREFIX,
        /** What changes the machine where it is said at all. */
        MACHINE,
        /** A script for {@code sed}. */
        SED,
        /** A program for {@code awk}. */
        AWK,
        /** A program for {@code jq}. */
        JQ,
        /** How a date is to be written, after a plus sign; without one, a date that is to be. */
        FORMAT
    }

    /**
     * An option.
     *
     * @param values the values that it takes, empty for none
     * @param attached whether it has a value only in the same word, if at all
     * @param raises what the line is at least with it, null when it changes nothing
     * @param lowers whether the line is safe with it
     * @param reason why it raises
     * @param instead which operand it stands in for: the first, the last, or none
     */
    record Option(
            List<Value> values,
            boolean attached,
            @Nullable CommandClass raises,
            boolean lowers,
            String reason,
            Instead instead) {

        Option {
            values = List.copyOf(values);
        }
    }

    /** Which operand an option stands in for. */
    enum Instead {
        NONE,
        FIRST,
        LAST
    }
}
