package io.perpetua.bootstrap;

import io.perpetua.bootstrap.chat.Chat;
import io.perpetua.bootstrap.keys.KeyCommands;
import io.perpetua.bootstrap.replay.Replay;
import io.perpetua.bootstrap.smoke.SmokeCommand;
import io.perpetua.bootstrap.transfer.Export;
import io.perpetua.bootstrap.transfer.Import;
import io.perpetua.bootstrap.transfer.Reindex;
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
        subcommands = {
            Serve.class,
            Replay.class,
            Chat.class,
            Check.class,
            KeyCommands.class,
            Stats.class,
            RollUpCommand.class,
            Export.class,
            Import.class,
            Reindex.class,
            AskHealth.class,
            SmokeCommand.class,
            AuditCommands.class,
            HelpCommand.class
        })
public final class Perpetua {

    private Perpetua() {}

    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The program, to be run with what stands on its command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new Perpetua())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Explanation());
    }
}
