package io.perpetua.domain.commands;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run, to the letter: every argument is what the program gets, and no shell looks at it again.
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * A pipeline.
     *
     * @param negated whether its status is turned around
     * @param folder the absolute path of the folder that it runs in
     * @param input what its first stage reads, null for nothing
     * @param keepsOutput whether its last stage's output is wanted
     * @param statusOf which stage's exit status is the pipeline's
     */
    public record Step(
            Joint joint,
            boolean negated,
            String folder,
            @Nullable String input,
            List<Stage> stages,
            boolean keepsOutput,
            int statusOf) {

        public Step {
            stages = List.copyOf(stages);
        }

        /** The same, whatever came of the one before. */
        Step then() {
            return new Step(Joint.THEN, negated, folder, input, stages, keepsOutput, statusOf);
        }

        /** Tells nothing of what is typed in: it may get into logs. */
        @Override
        public String toString() {
            return "Step[" + joint + ", " + stages.size() + " stages]";
        }
    }

    /**
     * A program.
     *
     * @param argv its name, and its arguments
     * @param environment variables for it alone
     * @param writes whether it may change the workspace; one that was judged to read cannot, whatever else is on the line
     * @param git whether it was judged as git, which alone may change what git keeps
     */
    public record Stage(
            List<String> argv, Map<String, String> environment, Errors errors, boolean writes, boolean git) {

        /** One that reads. */
        public Stage(List<String> argv, Map<String, String> environment, Errors errors) {
            this(argv, environment, errors, false, false);
        }

        public Stage {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }
    }

    /** Where a program's errors go. */
    public enum Errors {
        KEPT,
        DISCARDED,
        /** Where its output goes. */
        WITH_OUTPUT
    }
}
