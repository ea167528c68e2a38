package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.adapters.vectordb.qdrant.QdrantDouble;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench indexes}: whether both indexes find the same. A data set is told to two servers that differ in
 * their index alone and asked through the code that serves {@code /v1/memory/query}. Where {@code QDRANT_URL} names no
 * Qdrant, a double in the process stands for it: then the adapter is measured, not the server.
 */
@Command(
        name = "indexes",
        description = "Compare what the indexes find on recorded conversations.",
        mixinStandardHelpOptions = true)
public final class IndexBench implements Callable<Integer> {

    private static final String PATIENCE = "60s";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "LoCoMo's or BEAM's re-packed format.")
    private Path data = Path.of("");

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        var set = DataSet.read(data);
        var progress = new ProgressBar(System.err, 2 * Answers.steps(set));
        String url = System.getenv().getOrDefault("QDRANT_URL", "");
        var lucene = Answers.of(set, Map.of(), progress);
        Answers qdrant;
        try (var stand = url.isBlank() ? new QdrantDouble() : null) {
            qdrant = Answers.of(set, settings(stand == null ? url : stand.url().toString()), progress);
        }
        progress.done();
        var agreement = new Agreement(set, lucene, qdrant, url.isBlank() ? "a double in the process" : "a server");
        System.out.print(agreement);
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), agreement.document());
        }
        return 0;
    }

    private static Map<String, Object> settings(String url) {
        var settings = new HashMap<String, Object>();
        settings.put("perpetua.index", "qdrant");
        settings.put("perpetua.qdrant.url", url);
        settings.put("perpetua.qdrant.collection", "perpetua-bench-" + UUID.randomUUID());
        settings.put("perpetua.qdrant.timeout", PATIENCE);
        settings.put("perpetua.qdrant.write-timeout", PATIENCE);
        return settings;
    }
}
