package io.perpetua.application.commands;

/**
 * How a run ended.
 *
 * @param exitCode the last status; 128 and the signal's number for what was killed, 124 when the time was over
 * @param stdout what was printed, up to the limit
 * @param stderr the errors, up to the limit
 * @param truncated whether more was, or would have been, printed than is kept
 * @param ending what ended it
 */
public record Outcome(int exitCode, String stdout, String stderr, boolean truncated, Ending ending) {

    /** Of what took too long, as {@code timeout} has it. */
    public static final int TIMED_OUT = 124;

    /** What ended a run. */
    public enum Ending {
        FINISHED,
        TIME_LIMIT,
        OUTPUT_LIMIT,
        PROCESS_LIMIT,
        MEMORY_LIMIT
    }

    /** Tells nothing of what was printed: it may get into logs. */
    @Override
    public String toString() {
        return "Outcome[" + exitCode + ", " + ending + "]";
    }
}
