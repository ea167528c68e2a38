package io.perpetua.benchmarks;

import io.perpetua.benchmarks.conversation.ConversationBench;
import io.perpetua.benchmarks.documents.DocumentsBench;
import io.perpetua.benchmarks.economy.EconomyBench;
import io.perpetua.benchmarks.instances.InstancesBench;
import io.perpetua.benchmarks.load.LoadBench;
import io.perpetua.benchmarks.memory.IndexBench;
import io.perpetua.benchmarks.memory.MemoryBench;
import io.perpetua.benchmarks.redis.RecordBench;
import io.perpetua.benchmarks.resilience.ResilienceBench;
import io.perpetua.benchmarks.routing.IntentBench;
import io.perpetua.benchmarks.routing.RoutingBench;
import io.perpetua.benchmarks.speed.ContextBench;
import io.perpetua.benchmarks.speed.SpeedBench;
import io.perpetua.benchmarks.speed.TracingBench;
import io.perpetua.bootstrap.Explanation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program behind {@code perpetua bench}. */
@Command(
        name = "perpetua bench",
        description =
                "Measure memory, answers, economy, routing, resilience, load, speed, the memory of Redis and documents.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MemoryBench.class,
            IndexBench.class,
            ConversationBench.class,
            EconomyBench.class,
            IntentBench.class,
            RoutingBench.class,
            ResilienceBench.class,
            LoadBench.class,
            InstancesBench.class,
            ContextBench.class,
            SpeedBench.class,
            TracingBench.class,
            RecordBench.class,
            DocumentsBench.class,
            HelpCommand.class
        })
public final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        int status = commandLine().execute(args);
        System.exit(status);
    }

    /** The program, to be run with what stands on its command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler(new Explanation());
    }
}
