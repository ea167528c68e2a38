package io.perpetua.bootstrap;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a sentence what went wrong; what is no mistake of the user's comes with its stack. */
public final class Explanation implements IExecutionExceptionHandler {

    /** Exit status of a command that was called with words it does not understand, or files that it cannot read. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof Complaint)) {
            cause = cause.getCause();
        }
        if (cause instanceof Complaint) {
            err.println(cause.getMessage());
            return USAGE;
        }
        failure.printStackTrace(err);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
