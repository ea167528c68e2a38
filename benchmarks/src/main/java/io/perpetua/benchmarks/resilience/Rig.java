package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.speed.ServerProcess;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server in a process of its own between simulated providers and callers. */
final class Rig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A provider that is always well and on no ladder. */
    private static final String ELSEWHERE = "elsewhere";

    private static final int WARM_UP = 300;
    private static final int WARM_UP_AT_ONCE = 4;

    private final Path data = Files.createTempDirectory("perpetua-bench");
    private final Map<String, ChaosUpstream> upstreams = new LinkedHashMap<>();
    private final ChaosUpstream elsewhere = new ChaosUpstream(ELSEWHERE, Script.always(Conduct.OK));
    private final ServerProcess server;
    private final Caller caller;
    private int prompts;

    /**
     * Starts providers, and a server that knows them.
     *
     * @param settings what is configured besides, by section
     * @param script what the providers do
     * @param providers their names
     */
    Rig(Map<String, Object> settings, Script script, List<String> providers) throws IOException, InterruptedException {
        for (String name : providers) {
            upstreams.put(name, new ChaosUpstream(name, script));
        }
        Path file = data.resolve("perpetua.yml");
        new ObjectMapper().writeValue(file.toFile(), configuration(settings)); // YAML has all of JSON in it
        server = new ServerProcess(data, Map.of("PERPETUA_EMBEDDER", "none"), "--config", file.toString());
        caller = new Caller(server.url() + "/v1", PATIENCE);
    }

    private Map<String, Object> configuration(Map<String, Object> settings) {
        var sections = new LinkedHashMap<>(settings);
        var known = new LinkedHashMap<String, Object>();
        upstreams.forEach((name, upstream) -> known.put(name, known(upstream)));
        known.put(ELSEWHERE, known(elsewhere));
        sections.put("providers", known);
        return Map.of("perpetua", sections);
    }

    private static Map<String, Object> known(ChaosUpstream upstream) {
        return Map.of("base_url", upstream.url(), "models", List.of(ChaosUpstream.MODEL));
    }

    /** Lets the server answer until it is as fast as it usually is, from a provider that has nothing to do with the rest. */
    void warmUp() throws InterruptedException, ExecutionException {
        calls(WARM_UP, WARM_UP_AT_ONCE, prompt -> ELSEWHERE + "/" + ChaosUpstream.MODEL);
    }

    Caller caller() {
        return caller;
    }

    /** The provider of that name. */
    ChaosUpstream upstream(String name) {
        var upstream = upstreams.get(name);
        if (upstream == null) {
            throw new IllegalArgumentException("no such provider: " + name);
        }
        return upstream;
    }

    /** The number of a prompt that was not used before. */
    int nextPrompt() {
        return prompts++;
    }

    /** What reached any provider so far, in the order of its coming. */
    List<UpstreamCall> upstreamCalls() {
        return upstreams.values().stream()
                .flatMap(upstream -> upstream.calls().stream())
                .sorted(Comparator.comparingLong(UpstreamCall::at))
                .toList();
    }

    /** Makes one call, and waits for its end. */
    Seen call(String model, boolean stream) {
        return caller.call(nextPrompt(), model, stream);
    }

    /**
     * Makes calls, each second one streamed, and so many at once.
     *
     * @param model who is asked, by the number of the prompt
     */
    List<Seen> calls(int count, int atOnce, IntFunction<String> model) throws InterruptedException, ExecutionException {
        return calls(count, atOnce, model, false);
    }

    /** Makes calls that are all streamed, as the others. */
    List<Seen> streams(int count, int atOnce, IntFunction<String> model)
            throws InterruptedException, ExecutionException {
        return calls(count, atOnce, model, true);
    }

    private List<Seen> calls(int count, int atOnce, IntFunction<String> model, boolean streams)
            throws InterruptedException, ExecutionException {
        int first = prompts;
        prompts += count;
        var next = new AtomicInteger(first);
        Callable<List<Seen>> task = () -> {
            var seen = new ArrayList<Seen>();
            for (int i = next.getAndIncrement(); i < first + count; i = next.getAndIncrement()) {
                seen.add(caller.call(i, model.apply(i), streams || i % 2 == 0));
            }
            return seen;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<List<Seen>>>();
            for (int i = 0; i < atOnce; i++) {
                tasks.add(task);
            }
            var seen = new ArrayList<Seen>();
            for (var each : threads.invokeAll(tasks)) {
                seen.addAll(each.get());
            }
            seen.sort(Comparator.comparingInt(Seen::prompt));
            return seen;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var upstream : upstreams.values()) {
            upstream.close();
        }
        elsewhere.close();
        TemporaryFolders.delete(data);
    }
}
