package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.resilience.Answer;
import io.perpetua.benchmarks.resilience.Completion;
import io.perpetua.benchmarks.resilience.Port;
import io.perpetua.benchmarks.resilience.Wire;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A simulated model that speaks as slowly as models do: an answer in some 20 pieces over a time that chance has it. It
 * counts who is with it at once. Safe for concurrent use.
 *
 * <p>A call counts from its arrival until just before its last piece, which is before whoever called can know that it is
 * over: so what it counts as at once was really at once.
 */
final class PacedModel implements AutoCloseable {

    private static final String NAME = "paced";
    private static final int FEWEST_WORDS = 35;
    private static final int MOST_WORDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Port port;
    private final Duration fastest;
    private final Duration slowest;
    private final Gauge gauge = new Gauge();
    private final AtomicInteger mixed = new AtomicInteger();

    /** A model that takes between {@code fastest} and {@code slowest} for an answer. */
    PacedModel(Duration fastest, Duration slowest) throws IOException {
        this.fastest = fastest;
        this.slowest = slowest;
        this.port = new Port(this::begin);
    }

    /** What a server is told of it. */
    static Map<String, Object> known() {
        return Map.of("name", NAME);
    }

    String url() {
        return port.url();
    }

    Gauge gauge() {
        return gauge;
    }

    /** How many prompts so far had words of another conversation in them. */
    int mixed() {
        return mixed.get();
    }

    private Port.Ongoing begin(Socket socket, String body) throws IOException {
        var request = JSON.readTree(body);
        int prompt = Prompt.number(body); // the last is the newest
        if (Prompt.mixed(body)) {
            mixed.incrementAndGet();
        }
        var random = new SplittableRandom(prompt);
        var wire = new Wire(socket, random);
        var visit = new Visit(gauge, request.path("user").asText(""));
        boolean stream = request.path("stream").asBoolean();
        long nanos = random.nextLong(fastest.toNanos(), slowest.toNanos() + 1);
        Thread.ofVirtual().start(() -> {
            try {
                answer(wire, prompt, stream, nanos, visit);
            } catch (IOException e) {
                visit.end(); // the caller has left
            }
        });
        return new Port.Ongoing(wire, visit::end);
    }

    private static void answer(Wire wire, int prompt, boolean stream, long nanos, Visit visit) throws IOException {
        String text = Answer.of(NAME, prompt, FEWEST_WORDS, MOST_WORDS);
        if (!stream) {
            LockSupport.parkNanos(nanos);
            visit.end();
            wire.respond("200 OK", "application/json", Completion.whole(text, usage(text)));
            return;
        }
        wire.openStream();
        List<String> events = Completion.saying(text, new SplittableRandom(prompt));
        for (String event : events) {
            LockSupport.parkNanos(nanos / events.size());
            wire.pieces(event);
        }
        visit.end();
        wire.pieces(String.join("", Completion.ending(usage(text))) + Completion.DONE);
        wire.endStream();
    }

    private static Completion.Usage usage(String text) {
        return new Completion.Usage(1, 0, text.split(" ", -1).length);
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    /** One call, which ends once. */
    private static final class Visit {

        private final Gauge gauge;
        private final String user;
        private final long start = System.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();

        Visit(Gauge gauge, String user) {
            this.gauge = gauge;
            this.user = user;
            gauge.enter(user);
        }

        void end() {
            if (over.compareAndSet(false, true)) {
                gauge.leave(user, System.nanoTime() - start);
            }
        }
    }
}
