package io.perpetua.benchmarks.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.memory.Table;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.domain.routing.LadderOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perpetua bench routing}: how well the order of a ladder is learnt, on simulated providers. */
@Command(
        name = "routing",
        description = "Simulate how well the order of a ladder is learnt.",
        mixinStandardHelpOptions = true)
public final class RoutingBench implements Callable<Integer> {

    private static final List<Long> SEEDS =
            LongStream.rangeClosed(1, 20).boxed().toList();

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        var regrets = regrets(SEEDS);
        var cases = SimulatedProviders.cases().keySet();
        var heading = new ArrayList<>(List.of("regret, answers in 1 000 turns"));
        heading.addAll(cases);
        heading.add("mean");
        var table = new Table(heading.toArray(String[]::new));
        regrets.forEach((router, byCase) -> {
            var row = new ArrayList<>(List.of(router));
            byCase.values().forEach(regret -> row.add(String.format(Locale.ROOT, "%.1f", regret)));
            table.row(row);
        });
        System.out.println(table);
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), regrets);
        }
        return 0;
    }

    /** Regret by router, then by case and in the mean. */
    static Map<String, Map<String, Double>> regrets(List<Long> seeds) {
        var routers = new LinkedHashMap<String, Supplier<Router>>();
        routers.put("learned", () -> Router.learned(LadderOrder.DEFAULT));
        routers.put("lowest latency", Router::lowestLatency);
        routers.put("rule of thumb", Router::ruleOfThumb);
        routers.put("round robin", Router::roundRobin);
        routers.put("fixed", Router::fixed);
        var regrets = new LinkedHashMap<String, Map<String, Double>>();
        routers.forEach((name, router) -> {
            var byCase = new LinkedHashMap<String, Double>();
            SimulatedProviders.cases()
                    .forEach((each, providers) -> byCase.put(each, Regret.of(router, providers, seeds)));
            byCase.put(
                    "mean",
                    byCase.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElse(0));
            regrets.put(name, byCase);
        });
        return regrets;
    }
}
