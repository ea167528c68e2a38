package io.perpetua.domain.commands;

import java.util.List;

/** A command line as its grammar has it: pipelines in a row. */
record Script(List<Step> steps) {

    Script {
        steps = List.copyOf(steps);
    }

    /** A pipeline and how it follows on what is before it. */
    record Step(Joint joint, boolean negated, List<Simple> commands) {

        Step {
            commands = List.copyOf(commands);
        }
    }

    /**
     * A simple command.
     *
     * @param redirections grows, and here-documents come into it, until the whole line is read
     */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections) {

        Simple {
            assignments = List.copyOf(assignments);
            words = List.copyOf(words);
        }
    }

    /** {@code name=value}. */
    record Assignment(String name, Word value) {}

    /** What a redirection does. */
    enum Direction {
        /** {@code <}. */
        INPUT,
        /** {@code <<} and {@code <<<}: the word is the input itself. */
        INPUT_TEXT,
        /** {@code >}, {@code >|}. */
        OUTPUT,
        /** {@code >>}. */
        APPEND,
        /** {@code &>}: output and errors. */
        BOTH,
        /** {@code 2>&1}: errors go where output goes. */
        ERRORS_TO_OUTPUT
    }

    /**
     * A redirection.
     *
     * @param descriptor which one is redirected: 0, 1 or 2
     * @param word the target; of {@link Direction#ERRORS_TO_OUTPUT} an empty one
     */
    record Redirection(int descriptor, Direction direction, Word word) {}
}
