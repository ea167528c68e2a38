package io.perpetua.benchmarks.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.speed.Load.Outcome;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.TemporaryFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench speed}: start-up, memory, and the same requests sent to an upstream directly and through the
 * server, in one run on one machine, so that the difference is the server's.
 */
@Command(
        name = "speed",
        description = "Measure start-up, memory, throughput and added latency.",
        mixinStandardHelpOptions = true)
public final class SpeedBench implements Callable<Integer> {

    @Option(
            names = "--requests",
            defaultValue = "4000",
            description = "Requests a measurement (default: ${DEFAULT-VALUE}).")
    private int requests = 4_000;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        FileFaults.checkWritable("--json", out);
        // The upstream's server would hold small writes back for 40 ms otherwise.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path data = Files.createTempDirectory("perpetua-bench");
        try (var upstream = new Upstream();
                var server = new ServerProcess(data, Map.of("OPENAI_BASE_URL", upstream.url()))) {
            figure("startup_ms", server.startup().toMillis());
            figure("rss_idle_mb", server.residentMb());
            System.out.printf(
                    "%-34s %9s %9s %9s %11s %9s%n", "", "req/s", "p50 ms", "p99 ms", "first ms", "CPU ms/req");
            String through = server.url() + "/v1";
            measure("warm-up", server, through, connections, gateway(false));
            for (int c : new int[] {1, connections}) {
                measure("direct c=" + c, null, upstream.url(), c, gateway(false));
                measure("memory off c=" + c, server, through, c, gateway(false));
                measure("new conversation c=" + c, server, through, c, SpeedBench::newConversation);
                measure("going on c=" + c, server, through, c, goingOn(c), requests / 16);
                measure("direct stream c=" + c, null, upstream.url(), c, gateway(true));
                measure("memory off stream c=" + c, server, through, c, gateway(true));
            }
            figure("rss_loaded_mb", server.residentMb());
        } finally {
            TemporaryFolders.delete(data);
        }
        System.out.printf(
                Locale.ROOT,
                "start-up %s ms, resident memory %s MB idle, %s MB after load%n",
                figures.get("startup_ms"),
                figures.get("rss_idle_mb"),
                figures.get("rss_loaded_mb"));
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return 0;
    }

    private void measure(
            String name, @Nullable ServerProcess server, String url, int connections, IntFunction<String> body)
            throws Exception {
        measure(name, server, url, connections, body, connections == 1 ? Math.max(1, requests / 4) : requests);
    }

    private void measure(
            String name,
            @Nullable ServerProcess server,
            String url,
            int connections,
            IntFunction<String> body,
            int count)
            throws Exception {
        long cpuBefore = server == null ? 0 : server.cpu().toNanos();
        Outcome outcome = Load.run(url, connections, count, body);
        double cpu = server == null ? 0 : (server.cpu().toNanos() - cpuBefore) / 1e6 / count;
        System.out.printf(
                Locale.ROOT,
                "%-34s %,9.0f %9.2f %9.2f %11.2f %9.3f%s%n",
                name,
                outcome.perSecond(),
                outcome.p50Ms(),
                outcome.p99Ms(),
                outcome.firstP50Ms(),
                cpu,
                outcome.failures() == 0 ? "" : "  " + outcome.failures() + " FAILED");
        var row = new LinkedHashMap<String, Object>();
        row.put("requests_per_second", outcome.perSecond());
        row.put("p50_ms", outcome.p50Ms());
        row.put("p99_ms", outcome.p99Ms());
        row.put("first_byte_p50_ms", outcome.firstP50Ms());
        row.put("server_cpu_ms_per_request", cpu);
        row.put("failures", outcome.failures());
        figure(name, row);
    }

    private void figure(String name, Object value) {
        figures.put(name, value);
    }

    private static IntFunction<String> gateway(boolean stream) {
        return i -> "{\"model\":\"gpt-4o-mini\",\"stream\":" + stream
                + ",\"use_memory\":false,\"messages\":[{\"role\":\"user\",\"content\":\"" + text(i) + "\"}]}";
    }

    private static String newConversation(int i) {
        return "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text(i) + "\"}]}";
    }

    /** One conversation a connection, which is past full mode after some twenty turns. */
    private static IntFunction<String> goingOn(int connections) {
        return i -> "{\"model\":\"gpt-4o-mini\",\"conversation_id\":\"bench-" + connections + "-" + i % connections
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text(i) + "\"}]}";
    }

    /** About a kilobyte that differs from request to request. */
    private static String text(int i) {
        return ("question " + i + " about topic " + i % 97 + ", ").repeat(30).strip();
    }
}
