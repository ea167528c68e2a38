package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A simulated provider on a port of its own that does what its script says, and notes it. Safe for concurrent use. */
final class ChaosUpstream implements AutoCloseable {

    /** The model that every simulated provider is known to have; it answers to any other name as well. */
    static final String MODEL = "m";

    private static final Pattern PROMPT = Pattern.compile("prompt #(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Port port;
    private final Queue<UpstreamCall> calls = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<UpstreamCall>> arrivals = new ConcurrentHashMap<>();
    private volatile Script script;
    private volatile Duration slowness = Duration.ZERO;

    ChaosUpstream(String name, Script script) throws IOException {
        this.name = name;
        this.script = script;
        this.port = new Port(this::begin);
    }

    String name() {
        return name;
    }

    String url() {
        return port.url();
    }

    /** From now on it does this. */
    void follow(Script next) {
        script = next;
    }

    /** From now on it thinks so long before it says anything. */
    void slowDown(Duration by) {
        slowness = by;
    }

    /** The calls so far. */
    List<UpstreamCall> calls() {
        return List.copyOf(calls);
    }

    /** The first call for a prompt, as soon as it has come. */
    CompletableFuture<UpstreamCall> arrival(int prompt) {
        return arrivals.computeIfAbsent(prompt, number -> new CompletableFuture<>());
    }

    /** How the prompt of that number is recognised. */
    static String prompt(int number) {
        return "prompt #" + number;
    }

    private Port.Ongoing begin(Socket socket, String body) throws IOException {
        boolean stream = JSON.readTree(body).path("stream").asBoolean();
        int prompt = promptOf(body);
        int attempt =
                attempts.computeIfAbsent(prompt, number -> new AtomicInteger()).getAndIncrement();
        var conduct = script.conduct(name, prompt, attempt, stream);
        var call =
                new UpstreamCall(name, prompt, attempt, stream, conduct, System.nanoTime(), new CompletableFuture<>());
        calls.add(call);
        arrival(prompt).complete(call);
        var random = Script.random(0, name, prompt, attempt);
        var wire = new Wire(socket, random);
        var performance = new Performance(wire, Answer.of(name, prompt), random);
        Thread.ofVirtual().start(() -> play(performance, call));
        return new Port.Ongoing(wire, () -> call.clientGone().complete(System.nanoTime()));
    }

    private void play(Performance performance, UpstreamCall call) {
        try {
            Thread.sleep(slowness);
            performance.play(call.conduct(), call.stream());
        } catch (IOException e) {
            // the caller has closed the connection, which whoever reads it notes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int promptOf(String body) {
        int prompt = -1;
        for (var found = PROMPT.matcher(body); found.find(); ) {
            prompt = Integer.parseInt(found.group(1)); // the last is the newest
        }
        return prompt;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
