package io.perpetua.benchmarks.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench context}: how long it takes to make the context of one request in a very long conversation,
 * through the code that serves requests, and to take such a conversation in.
 */
@Command(
        name = "context",
        description = "Measure how long assembling a context takes in a long conversation.",
        mixinStandardHelpOptions = true)
public final class ContextBench implements Callable<Integer> {

    /** Requests before time counts. */
    private static final int WARM_UP = 300;

    @Option(
            names = "--turns",
            defaultValue = "10000",
            description = "Turns of the conversation (default: ${DEFAULT-VALUE}).")
    private int turns = 10_000;

    @Option(
            names = "--requests",
            defaultValue = "1000",
            description = "Requests of each kind (default: ${DEFAULT-VALUE}).")
    private int requests = 1_000;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        FileFaults.checkWritable("--json", out);
        figures.put("turns", turns);
        figures.put("requests", requests);
        System.out.printf(
                Locale.ROOT,
                "%,d turns; ms a request%n%-34s %8s %8s %8s %8s %8s %8s%n",
                turns,
                "",
                "p50",
                "p95",
                "p99",
                "max",
                "CPU p50",
                "CPU p99");
        measure("without embedder", Map.of("perpetua.embedder", "none"));
        measure("with embedder", Map.of());
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return 0;
    }

    private void measure(String name, Map<String, Object> settings) throws IOException {
        Path folder = Files.createTempDirectory("perpetua-bench");
        var all = new LinkedHashMap<>(settings);
        all.put("perpetua.data", folder.toString());
        try (var context = Contexts.start(null, all)) {
            measure(name, context);
        } finally {
            TemporaryFolders.delete(folder);
        }
    }

    private void measure(String name, ApplicationContext context) {
        var conversation = new LongConversation(context);
        var progress = new ProgressBar(System.err, turns + WARM_UP + 2 * requests);
        long start = System.nanoTime();
        while (conversation.turns() < turns) {
            int before = conversation.turns();
            conversation.grow(Math.min(LongConversation.CHUNK, turns - before));
            for (int i = before; i < conversation.turns(); i++) {
                progress.step("taking in");
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        conversation.settle();
        time(WARM_UP, () -> {}, conversation, progress);
        var still = time(requests, () -> {}, conversation, progress);
        var growing = time(requests, () -> conversation.grow(2), conversation, progress);
        progress.done();

        var row = new LinkedHashMap<String, Object>();
        row.put("import_seconds", seconds);
        row.put("still", report(name + ", nothing new", still));
        row.put("growing", report(name + ", two new turns", growing));
        System.out.printf(Locale.ROOT, "%-34s %.1f s%n", name + ", taking it in", seconds);
        figures.put(name.replace(' ', '_'), row);
    }

    /**
     * Times requests one after the other; {@code before} each something may happen that does not count. Processor time is
     * that of the thread that asks, which a busy machine does not stretch; the embedder has threads of its own.
     */
    private static Times time(int count, Runnable before, LongConversation conversation, ProgressBar progress) {
        var threads = ManagementFactory.getThreadMXBean();
        var times = new Times(new long[count], new long[count]);
        for (int i = 0; i < count; i++) {
            before.run();
            var request = conversation.request();
            long cpu = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            conversation.assemble(request);
            times.wall[i] = System.nanoTime() - start;
            times.cpu[i] = threads.getCurrentThreadCpuTime() - cpu;
            progress.step("asking");
        }
        Arrays.sort(times.wall);
        Arrays.sort(times.cpu);
        return times;
    }

    /** Sorted nanoseconds of requests, by the clock and of the processor. */
    @SuppressWarnings("ArrayRecordComponent") // filled once, never compared
    private record Times(long[] wall, long[] cpu) {}

    private static Map<String, Double> report(String name, Times times) {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("p50_ms", Load.ms(times.wall, 0.5));
        figures.put("p95_ms", Load.ms(times.wall, 0.95));
        figures.put("p99_ms", Load.ms(times.wall, 0.99));
        figures.put("max_ms", Load.ms(times.wall, 1));
        figures.put("cpu_p50_ms", Load.ms(times.cpu, 0.5));
        figures.put("cpu_p99_ms", Load.ms(times.cpu, 0.99));
        System.out.printf("%-34s", name);
        for (double ms : figures.values()) {
            System.out.printf(Locale.ROOT, " %8.2f", ms);
        }
        System.out.println();
        return figures;
    }
}
