package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench memory}: how much of the evidence for recorded questions the memory brings, through the code
 * that serves {@code /v1/memory/query}, in real tokens, the lines' labels included; with the embedder, without it, and
 * what others do instead. The same data give the same figures.
 */
@Command(
        name = "memory",
        description = "Measure recall of evidence on recorded conversations.",
        mixinStandardHelpOptions = true)
public final class MemoryBench implements Callable<Integer> {

    /** A word that is no embedder's. */
    private static final Map<String, Object> NO_EMBEDDER = Map.of("perpetua.embedder", "none");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "LoCoMo's or BEAM's re-packed format.")
    private Path data = Path.of("");

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Option(names = "--chart", paramLabel = "SVG", description = "Draw recall over tokens, too.")
    private @Nullable Path chart;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        FileFaults.checkWritable("--chart", chart);
        var set = DataSet.read(data);
        var progress = new ProgressBar(System.err, 2 * Run.steps(set));
        var withEmbedder = new Run(set, told -> Map.of(Contender.PERPETUA, told.served()), progress).on(Map.of());
        var byWords = new Run(set, MemoryBench::withoutEmbedder, progress).on(NO_EMBEDDER);
        progress.done();
        report(Results.of(set, withEmbedder, byWords));
        return 0;
    }

    private static Map<Contender, Method> withoutEmbedder(Remembered told) {
        var contenders = new EnumMap<Contender, Method>(told.baselines());
        contenders.put(Contender.WITHOUT_EMBEDDER, told.served());
        return contenders;
    }

    private void report(Results results) throws IOException {
        System.out.print(MemoryTables.of(results));
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), MemoryJson.of(results));
        }
        if (chart != null) {
            Files.writeString(chart, MemoryChart.of(results));
        }
    }
}
