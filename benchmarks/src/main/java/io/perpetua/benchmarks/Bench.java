package io.perpetua.benchmarks;

import io.perpetua.benchmarks.economy.EconomyBench;
import io.perpetua.benchmarks.memory.MemoryBench;
import io.perpetua.benchmarks.speed.SpeedBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program behind {@code perpetua bench}. */
@Command(
        name = "perpetua bench",
        description = "Measure memory, economy and speed.",
        mixinStandardHelpOptions = true,
        subcommands = {EconomyBench.class, MemoryBench.class, SpeedBench.class, HelpCommand.class})
public final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        int status = new CommandLine(new Bench()).execute(args);
        System.exit(status);
    }
}
