package io.perpetua.benchmarks.economy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.economy.EconomyRun.Setting;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.replay.PricedCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench economy}: a long conversation of two shapes through the code that serves requests, and what its
 * prompts cost under the prices of providers' prompt caches, against sending the full history.
 */
@Command(
        name = "economy",
        description = "Reckon the dollars of long conversations under prompt-cache prices.",
        mixinStandardHelpOptions = true)
public final class EconomyBench implements Callable<Integer> {

    @Option(names = "--turns", paramLabel = "N", description = "Turns of the conversations (${DEFAULT-VALUE}).")
    private int turns = 1_000;

    @Option(
            names = "--recalled",
            paramLabel = "TOKENS",
            split = ",",
            description = "Most tokens of recalled turns, several to compare them; the configured without it.")
    private List<Integer> recalled = List.of();

    @Option(names = "--recent", paramLabel = "TOKENS", description = "Another perpetua.memory.recent_tokens.")
    private @Nullable Integer recent;

    @Option(names = "--cached-share", paramLabel = "SHARE", description = "Another perpetua.memory.cached_share.")
    private @Nullable Double cachedShare;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        var caches = PricedCache.load();
        var limits = new ArrayList<@Nullable Integer>(recalled);
        if (limits.isEmpty()) {
            limits.add(null);
        }
        var shapes = List.of(Shape.CHATTY, Shape.ASSISTANT);
        var progress = new ProgressBar(System.err, turns * shapes.size() * limits.size());
        var runs = new ArrayList<EconomyRun>();
        for (Shape shape : shapes) {
            for (Integer limit : limits) {
                runs.add(EconomyRun.of(shape, turns, new Setting(limit, recent, cachedShare), caches, progress));
            }
        }
        progress.done();
        System.out.print(EconomyReport.of(runs));
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), EconomyReport.json(runs));
        }
        return 0;
    }
}
