package io.perpetua.benchmarks.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.perpetua.benchmarks.speed.Load.Outcome;
import io.perpetua.bootstrap.FileFaults;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench tracing}: the same requests to a server that nobody follows, to one that a collector follows, and to
 * one whose collector is not there, round by round in one run, so that what differs is the following.
 */
@Command(name = "tracing", description = "Measure what it costs to follow requests.", mixinStandardHelpOptions = true)
public final class TracingBench implements Callable<Integer> {

    @Option(names = "--requests", defaultValue = "1000", description = "Requests a round (default: ${DEFAULT-VALUE}).")
    private int requests = 1_000;

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds of each (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(
            names = "--connections",
            defaultValue = "4",
            description = "Connections at once (default: ${DEFAULT-VALUE}).")
    private int connections = 4;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private int number;

    /** A server, and what its rounds came to. */
    private record Followed(String name, ServerProcess server, List<Round> rounds) {

        /** The middle one of its rounds. */
        double median(ToDoubleFunction<Round> figure) {
            return rounds.stream().mapToDouble(figure).sorted().toArray()[rounds.size() / 2];
        }
    }

    /** One round, with the processor time that a request took the server, milliseconds. */
    private record Round(Outcome outcome, double cpuMs) {}

    @Override
    public Integer call() throws Exception {
        FileFaults.checkWritable("--json", out);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path data = Files.createTempDirectory("perpetua-bench");
        var collector = collector();
        String there = "http://127.0.0.1:" + collector.getAddress().getPort();
        try (var upstream = new Upstream();
                var off = start(data, "off", upstream, Map.of());
                var on = start(data, "on", upstream, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", there));
                var lost = start(data, "lost", upstream, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"))) {
            var servers = List.of(
                    new Followed("nobody follows", off, new ArrayList<>()),
                    new Followed("a collector", on, new ArrayList<>()),
                    new Followed("a collector that is not there", lost, new ArrayList<>()));
            System.out.printf("%-46s %9s %9s %9s %11s%n", "", "req/s", "p50 ms", "p99 ms", "CPU ms/req");
            measure("a turn", servers, i -> body(i, false));
            measure("a streamed turn", servers, i -> body(i, true));
            figures.put("bytes_received_by_the_collector", received.get());
        } finally {
            collector.stop(0);
            TemporaryFolders.delete(data);
        }
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), figures);
        }
        return 0;
    }

    private static ServerProcess start(Path data, String name, Upstream upstream, Map<String, String> settings)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<>(settings);
        all.put("OPENAI_BASE_URL", upstream.url());
        all.put("PERPETUA_EMBEDDER", "none");
        return new ServerProcess(Files.createDirectory(data.resolve(name)), all);
    }

    private HttpServer collector() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            try (exchange) {
                received.addAndGet(exchange.getRequestBody().readAllBytes().length);
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    /** Rounds of each server in turn, after one each to warm up. */
    private void measure(String what, List<Followed> servers, IntFunction<String> body) throws Exception {
        servers.forEach(server -> server.rounds().clear());
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < servers.size(); i++) {
                var server = servers.get((i + round) % servers.size());
                var result = round(server.server(), body);
                if (round > 0) {
                    server.rounds().add(result);
                }
            }
        }
        var without = servers.getFirst();
        for (Followed server : servers) {
            row(what + ", " + server.name(), server, without);
        }
    }

    private Round round(ServerProcess server, IntFunction<String> body) throws Exception {
        long before = server.cpu().toNanos();
        int from = number;
        number += requests;
        var outcome = Load.run(server.url() + "/v1", connections, requests, i -> body.apply(from + i));
        return new Round(outcome, (server.cpu().toNanos() - before) / 1e6 / requests);
    }

    private void row(String name, Followed server, Followed without) {
        double perSecond = server.median(round -> round.outcome().perSecond());
        double p50 = server.median(round -> round.outcome().p50Ms());
        double p99 = server.median(round -> round.outcome().p99Ms());
        double cpu = server.median(Round::cpuMs);
        double p50Ratio = p50 / without.median(round -> round.outcome().p50Ms());
        double cpuRatio = cpu / without.median(Round::cpuMs);
        System.out.printf(
                Locale.ROOT,
                "%-46s %,9.0f %9.2f %9.2f %11.3f   p50 %.3f, CPU %.3f of that without%n",
                name,
                perSecond,
                p50,
                p99,
                cpu,
                p50Ratio,
                cpuRatio);
        var row = new LinkedHashMap<String, Object>();
        row.put("requests_per_second", perSecond);
        row.put("p50_ms", p50);
        row.put("p99_ms", p99);
        row.put("server_cpu_ms_per_request", cpu);
        row.put(
                "failures",
                server.rounds().stream()
                        .mapToInt(round -> round.outcome().failures())
                        .sum());
        row.put("p50_ratio", p50Ratio);
        row.put("cpu_ratio", cpuRatio);
        figures.put(name, row);
    }

    /** A conversation of its own, of about a kilobyte. */
    private static String body(int i, boolean stream) {
        return "{\"model\":\"gpt-4o-mini\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + ("question " + i + " about topic " + i % 97 + ", ").repeat(30).strip() + "\"}]}";
    }
}
