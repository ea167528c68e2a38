package io.perpetua.benchmarks.instances;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.resilience.Completion;
import io.perpetua.benchmarks.resilience.Port;
import io.perpetua.benchmarks.resilience.Wire;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A simulated model that answers a tagged message by its tag, and writes briefs. It notices when two briefs of one
 * conversation are written at once. Safe for concurrent use.
 */
final class TaggingModel implements AutoCloseable {

    static final String NAME = "tagging";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BRIEF = "You keep the running summary";

    private final Port port;
    private final Duration briefTime;
    private final long seed;
    private final Map<String, AtomicInteger> writing = new ConcurrentHashMap<>();
    private final AtomicInteger briefs = new AtomicInteger();
    private final AtomicInteger briefsAtOnce = new AtomicInteger();

    /**
     * A model.
     *
     * @param briefTime how long it takes for a brief
     */
    TaggingModel(Duration briefTime, long seed) throws IOException {
        this.briefTime = briefTime;
        this.seed = seed;
        port = new Port(this::begin);
    }

    /** The section of a configuration that names it. */
    Map<String, Object> section() {
        return Map.of(
                "sim",
                Map.of(
                        "base_url",
                        port.url(),
                        "dialect",
                        "openai",
                        "api_key",
                        "x",
                        "models",
                        List.of(Map.of("name", NAME))));
    }

    /** How many briefs it was asked for. */
    int briefs() {
        return briefs.get();
    }

    /** How many of them began while another of the same conversation was being written. */
    int briefsAtOnce() {
        return briefsAtOnce.get();
    }

    private Port.Ongoing begin(Socket socket, String body) throws IOException {
        var request = JSON.readTree(body);
        var wire = new Wire(socket, new SplittableRandom(seed));
        Thread.ofVirtual().start(() -> {
            try {
                answer(wire, request);
            } catch (IOException e) {
                // the caller has left
            }
        });
        return new Port.Ongoing(wire, () -> {});
    }

    private void answer(Wire wire, JsonNode request) throws IOException {
        var messages = request.path("messages");
        String last = messages.path(messages.size() - 1).path("content").asText();
        boolean brief = messages.path(0).path("content").asText().startsWith(BRIEF);
        String text = brief ? brief(last) : "Answer to " + Tag.last(last) + ", as it was asked.";
        if (!request.path("stream").asBoolean()) {
            wire.respond("200 OK", "application/json", Completion.whole(text, usage(text)));
            return;
        }
        wire.openStream();
        for (String event : Completion.saying(text, new SplittableRandom(seed))) {
            wire.pieces(event);
        }
        wire.pieces(String.join("", Completion.ending(usage(text))) + Completion.DONE);
        wire.endStream();
    }

    private String brief(String material) {
        briefs.incrementAndGet();
        String conversation = Tag.conversation(Tag.last(material));
        var count = writing.computeIfAbsent(conversation, name -> new AtomicInteger());
        if (count.incrementAndGet() > 1) {
            briefsAtOnce.incrementAndGet();
        }
        LockSupport.parkNanos(briefTime.toNanos());
        count.decrementAndGet();
        return "They went on about " + conversation + ".";
    }

    private static Completion.Usage usage(String text) {
        return new Completion.Usage(1, 0, text.split(" ", -1).length);
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
