package io.perpetua.bootstrap;

import io.perpetua.bootstrap.chat.Chat;
import io.perpetua.bootstrap.replay.Replay;
import java.io.PrintWriter;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program: every command of the command line. */
@Command(
        name = "perpetua",
        description = "A gateway with a memory: endless conversations at a flat cost, for any OpenAI client.",
        mixinStandardHelpOptions = true,
        version = "perpetua 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Serve.class, Replay.class, Chat.class, HelpCommand.class})
public final class Perpetua {

    /** Exit status of a command that was called with words it does not understand, or files that it cannot read. */
    static final int USAGE = 2;

    /** Held, since the level of a logger that nobody holds is forgotten; it would recommend flags at every start. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    private Perpetua() {}

    public static void main(String[] args) {
        LUCENE.setLevel(Level.SEVERE);
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The program, to be run with what stands on its command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new Perpetua())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
    }

    /** Says in a sentence what went wrong; what is no mistake of the user's comes with its stack. */
    private static int explain(Exception failure, PrintWriter err) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof Complaint)) {
            cause = cause.getCause();
        }
        if (cause instanceof Complaint) {
            err.println(cause.getMessage());
            return USAGE;
        }
        failure.printStackTrace(err);
        return 1;
    }
}
