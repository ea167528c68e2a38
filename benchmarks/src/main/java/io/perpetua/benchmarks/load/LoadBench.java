package io.perpetua.benchmarks.load;

import io.perpetua.adapters.redis.RedisProcess;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench load}: many conversations at once, limits, budgets and idle connections, with the server in a
 * process of its own between clients and a simulated model, judged by what the wire says. The exit status is 0 if all
 * targets were reached.
 */
@Command(
        name = "load",
        description = "Measure what the server does with more than it can do at once.",
        mixinStandardHelpOptions = true)
public final class LoadBench implements Callable<Integer> {

    private static final double MS = 1_000;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "SCENARIO",
            description = "Only these of conversations, limits, budget and idle.")
    private List<String> only = List.of();

    @Option(
            names = "--conversations",
            defaultValue = "1000",
            description = "Conversations at once (default: ${DEFAULT-VALUE}).")
    private int conversations = 1_000;

    @Option(names = "--minutes", defaultValue = "10", description = "How long they go on (default: ${DEFAULT-VALUE}).")
    private double minutes = 10;

    @Option(
            names = "--sample",
            defaultValue = "15",
            paramLabel = "SECONDS",
            description =
                    "How often memory is looked at meanwhile, after a forced collection (default: ${DEFAULT-VALUE}).")
    private double sample = 15;

    @Option(
            names = "--pace",
            arity = "2",
            paramLabel = "SECONDS",
            description =
                    "The shortest and the longest time that the simulated model takes for an answer (default: 0.6 1.5).")
    private List<Double> pace = List.of(0.6, 1.5);

    @Option(
            names = "--load",
            defaultValue = "0.8",
            description =
                    "What they offer between bursts, as a share of what 50 places can do (default: ${DEFAULT-VALUE}).")
    private double load = 0.8;

    @Option(
            names = "--rush",
            defaultValue = "2000",
            description = "Requests that come all but at once in the end (default: ${DEFAULT-VALUE}).")
    private int rush = 2_000;

    @Option(
            names = "--setting",
            paramLabel = "VARIABLE=VALUE",
            description = "How the server is configured besides, such as PERPETUA_EMBEDDER=none.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--redis", description = "Keep the record in a real Redis, which is started for it.")
    private boolean redis;

    @Option(names = "--users", defaultValue = "100", description = "Users with a limit (default: ${DEFAULT-VALUE}).")
    private int users = 100;

    @Option(
            names = "--per-user",
            defaultValue = "10",
            description = "Requests of each, all at once (default: ${DEFAULT-VALUE}).")
    private int perUser = 10;

    @Option(names = "--per-minute", defaultValue = "7", description = "Their limit (default: ${DEFAULT-VALUE}).")
    private int perMinute = 7;

    @Option(
            names = "--threads",
            defaultValue = "64",
            description = "Threads that spend one budget (default: ${DEFAULT-VALUE}).")
    private int threads = 64;

    @Option(
            names = "--budget",
            defaultValue = "0.2",
            paramLabel = "DOLLARS",
            description = "The budget (default: ${DEFAULT-VALUE}).")
    private double budget = 0.2;

    @Option(
            names = "--idle",
            defaultValue = "10000",
            description = "Connections on which nothing comes (default: ${DEFAULT-VALUE}).")
    private int idle = 10_000;

    @Option(
            names = "--hold",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "How long they are held open (default: ${DEFAULT-VALUE}).")
    private double hold = 30;

    @Option(names = "--seed", defaultValue = "1", description = "What is chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        FileFaults.checkWritable("--json", out);
        var environment = new HashMap<>(settings);
        var scenarios = new Scenarios(scenarios(environment), only);
        if (pace.getFirst() > pace.getLast() || pace.getFirst() <= 0) {
            throw new Complaint("--pace: expected the shorter time first, and more than 0.");
        }
        if (!redis) {
            return scenarios.run(out);
        }
        try (var process = RedisProcess.start()) {
            environment.put("PERPETUA_STORE", "redis");
            environment.put("REDIS_URL", process.url());
            return scenarios.run(out);
        }
    }

    private Scale scale(Map<String, String> environment) {
        return new Scale(
                conversations,
                seconds(60 * minutes),
                seconds(sample),
                seconds(pace.getFirst()),
                seconds(pace.getLast()),
                load,
                rush,
                users,
                perMinute,
                perUser,
                threads,
                budget,
                idle,
                seconds(hold),
                environment,
                seed);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MS));
    }

    /** Those that there are, for a server in {@code environment} as it is when they run. */
    private Map<String, Callable<Findings>> scenarios(Map<String, String> environment) {
        var scenarios = new LinkedHashMap<String, Callable<Findings>>();
        scenarios.put("conversations", () -> new Conversations().measure(scale(environment)));
        scenarios.put("limits", () -> new Limits().measure(scale(environment)));
        scenarios.put("budget", () -> new Budget().measure(scale(environment)));
        scenarios.put("idle", () -> new Idle().measure(scale(environment)));
        return scenarios;
    }
}
