package io.perpetua.bootstrap.keys;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code perpetua keys}: makes, lists and revokes API keys, whether a server runs on the data directory or not. */
@Command(
        name = "keys",
        description = "Make, list and revoke API keys; a running server need not be stopped.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CreateKey.class, ListKeys.class, RevokeKey.class, HelpCommand.class})
public final class KeyCommands {}
