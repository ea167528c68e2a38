package io.perpetua.bootstrap;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code perpetua audit}: looks over the account of commands. */
@Command(
        name = "audit",
        description = "Look over the account of the commands that were run; a running server need not be stopped.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {VerifyAudit.class, RestartAudit.class, HelpCommand.class})
final class AuditCommands {}
