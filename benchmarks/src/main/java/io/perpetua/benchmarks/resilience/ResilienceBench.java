package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench resilience}: what clients notice when providers fail, with the server in a process of its own
 * between simulated providers, which misbehave by seed, and clients that check every word.
 */
@Command(
        name = "resilience",
        description = "Measure what clients notice when providers fail.",
        mixinStandardHelpOptions = true)
public final class ResilienceBench implements Callable<Integer> {

    @Option(
            names = "--calls",
            defaultValue = "2000",
            description = "Calls of the mixed failures, the scale of all else (default: ${DEFAULT-VALUE}).")
    private int calls = 2_000;

    @Option(names = "--seed", defaultValue = "1", description = "What is chance (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SCENARIO",
            description = "Only these of mixed, heal, open, streams, cancel and stall.")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        FileFaults.checkWritable("--json", out);
        var scenarios = scenarios();
        for (String name : only) {
            if (!scenarios.containsKey(name)) {
                throw new Complaint("--only: there is no scenario " + name + ".");
            }
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("calls", calls);
        figures.put("seed", seed);
        for (var scenario : scenarios.entrySet()) {
            if (only.isEmpty() || only.contains(scenario.getKey())) {
                var report = scenario.getValue().measure(calls, seed);
                System.out.println(report);
                figures.put(scenario.getKey(), report.document());
            }
        }
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return 0;
    }

    private static Map<String, Scenario> scenarios() {
        var scenarios = new LinkedHashMap<String, Scenario>();
        scenarios.put("mixed", new Mixed());
        scenarios.put("heal", new Heal());
        scenarios.put("open", new OpenCircuits());
        scenarios.put("streams", new Streams());
        scenarios.put("cancel", new Cancel());
        scenarios.put("stall", new Stall());
        return scenarios;
    }
}
