package io.perpetua.benchmarks.instances;

import io.perpetua.benchmarks.load.Findings;
import io.perpetua.benchmarks.load.Scenarios;
import io.perpetua.bootstrap.FileFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench instances}: several servers over one real Redis, which the benchmark starts, judged by what is kept
 * in the end. The exit status is 0 if all targets were reached.
 */
@Command(
        name = "instances",
        description = "Measure what several servers over one Redis keep, also while parts fail.",
        mixinStandardHelpOptions = true)
public final class InstancesBench implements Callable<Integer> {

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "SCENARIO",
            description = "Only these of hopping, losses and trips.")
    private List<String> only = List.of();

    @Option(names = "--instances", defaultValue = "2", description = "Servers (default: ${DEFAULT-VALUE}).")
    private int instances = 2;

    @Option(
            names = "--conversations",
            defaultValue = "200",
            description = "Conversations at once (default: ${DEFAULT-VALUE}).")
    private int conversations = 200;

    @Option(
            names = "--turns",
            defaultValue = "100",
            description = "Turns of each, half of them answers (default: ${DEFAULT-VALUE}).")
    private int turns = 100;

    @Option(
            names = "--pause",
            defaultValue = "1000",
            paramLabel = "MILLISECONDS",
            description = "Between an answer and the next message, at most (default: ${DEFAULT-VALUE}).")
    private long pause = 1_000;

    @Option(
            names = "--between",
            defaultValue = "3000",
            paramLabel = "MILLISECONDS",
            description = "Between one failure and the next (default: ${DEFAULT-VALUE}).")
    private long between = 3_000;

    @Option(
            names = "--longest",
            defaultValue = "4000",
            paramLabel = "MILLISECONDS",
            description = "How long a failure lasts at most (default: ${DEFAULT-VALUE}).")
    private long longest = 4_000;

    @Option(names = "--setting", paramLabel = "VARIABLE=VALUE", description = "How the servers are configured besides.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--seed", defaultValue = "1", description = "What is chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        FileFaults.checkWritable("--json", out);
        var plan = new Plan(
                instances,
                conversations,
                turns / 2,
                Duration.ofMillis(pause),
                Duration.ofMillis(between),
                Duration.ofMillis(longest),
                settings,
                seed);
        var scenarios = new LinkedHashMap<String, Callable<Findings>>();
        scenarios.put("hopping", () -> new Hopping(plan, false).measure());
        scenarios.put("losses", () -> new Hopping(plan, true).measure());
        scenarios.put("trips", () -> new Trips(plan).measure());
        return new Scenarios(scenarios, only).run(out);
    }
}
