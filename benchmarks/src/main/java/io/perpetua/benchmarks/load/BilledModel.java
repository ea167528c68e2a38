package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.resilience.Answer;
import io.perpetua.benchmarks.resilience.Completion;
import io.perpetua.benchmarks.resilience.Completion.Usage;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A simulated model with a price, which knows what everyone owes it. A token is a word, of the prompt a third of them
 * cached. What it has said before a caller leaves, or before it breaks off, is billed as well. Safe for concurrent use.
 */
final class BilledModel implements AutoCloseable {

    /** The most tokens of an answer. */
    static final int MOST_TOKENS = 60;

    private static final String NAME = "billed";
    private static final int FEWEST_WORDS = 5;
    private static final int MOST_WORDS = 50;
    private static final Duration PIECE = Duration.ofMillis(3);
    /** Nanodollars a token: the prices below, which are dollars a million tokens. */
    private static final long INPUT = 1_000;

    private static final long CACHED = 500;
    private static final long OUTPUT = 4_000;
    private static final double NANO = 1e-9;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Port port;
    private final AtomicLong bill = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger ongoing = new AtomicInteger();
    private volatile boolean failing;

    BilledModel() throws IOException {
        port = new Port(this::begin);
    }

    /** What a server is told of it. */
    static Map<String, Object> known() {
        return Map.of(
                "name",
                NAME,
                "window",
                128_000,
                "input",
                INPUT / 1e3,
                "cached_input",
                CACHED / 1e3,
                "output",
                OUTPUT / 1e3);
    }

    String url() {
        return port.url();
    }

    /** From now on, two calls in five fail: one of them at once, and one after it has said something. */
    void fail(boolean on) {
        failing = on;
    }

    /** The dollars of all calls so far that are over. */
    double bill() {
        return bill.get() * NANO;
    }

    int calls() {
        return calls.get();
    }

    /** Whether nobody is being answered. */
    boolean idle() {
        return ongoing.get() == 0;
    }

    /** Nanodollars. */
    static long price(Usage usage) {
        return (usage.prompt() - usage.cached()) * INPUT + usage.cached() * CACHED + usage.completion() * OUTPUT;
    }

    private Port.Ongoing begin(Socket socket, String body) throws IOException {
        var request = JSON.readTree(body);
        int prompt = Prompt.number(body);
        var random = new SplittableRandom(prompt * 31L + calls.getAndIncrement());
        var call = new Call(this, words(request), new Wire(socket, random));
        String text = Answer.of(NAME, prompt, FEWEST_WORDS, MOST_WORDS);
        int chance = failing ? random.nextInt(5) : Integer.MAX_VALUE;
        boolean stream = request.path("stream").asBoolean();
        Thread.ofVirtual().start(() -> answer(call, text, stream, chance));
        return new Port.Ongoing(call.wire, call::over);
    }

    private static void answer(Call call, String text, boolean stream, int chance) {
        try {
            if (chance == 0) {
                call.billNothing();
                call.wire.respond("500 Internal Server Error", "application/json", "{\"error\":{\"message\":\"no\"}}");
            } else if (stream) {
                stream(call, text, chance == 1);
            } else {
                whole(call, text, chance == 1);
            }
        } catch (IOException e) {
            // the caller has left
        } finally {
            call.over();
        }
    }

    private static void stream(Call call, String text, boolean broken) throws IOException {
        call.wire.openStream();
        List<String> events = Completion.saying(text, new SplittableRandom(text.hashCode()));
        int end = broken ? events.size() / 2 + 1 : events.size();
        int words = words(text);
        for (int i = 0; i < end && !call.isOver(); i++) {
            call.says(Math.ceilDiv(words * (i + 1), events.size()));
            call.wire.pieces(events.get(i));
            LockSupport.parkNanos(PIECE.toNanos());
        }
        if (broken) {
            call.over();
            call.wire.close();
        } else if (!call.isOver()) {
            var usage = call.usage(words);
            call.over();
            call.wire.pieces(String.join("", Completion.ending(usage)) + Completion.DONE);
            call.wire.endStream();
        }
    }

    /* It thinks as it speaks, so a caller that leaves owes what was thought until then. */
    private static void whole(Call call, String text, boolean broken) throws IOException {
        int words = words(text);
        for (int said = 1; said <= words && !call.isOver(); said += 3) {
            call.says(said);
            LockSupport.parkNanos(PIECE.toNanos());
        }
        if (call.isOver()) {
            return;
        }
        call.says(words);
        String body = Completion.whole(text, call.usage(words));
        call.over();
        if (broken) {
            call.wire.announce("application/json", Wire.bytes(body).length);
            call.wire.write(body.substring(0, body.length() / 2));
            call.wire.close();
        } else {
            call.wire.respond("200 OK", "application/json", body);
        }
    }

    private static int words(JsonNode request) {
        int words = 0;
        for (JsonNode message : request.path("messages")) {
            words += words(message.path("content").asText(""));
        }
        return words;
    }

    private static int words(String text) {
        return text.split("\\s+", -1).length;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    /** What one caller owes, which goes on the bill once, and before the caller can know the answer's end. */
    private static final class Call {

        private final BilledModel model;
        private final int prompt;
        private final Wire wire;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong owed;

        Call(BilledModel model, int prompt, Wire wire) {
            this.model = model;
            this.prompt = prompt;
            this.wire = wire;
            this.owed = new AtomicLong(price(usage(0)));
            model.ongoing.incrementAndGet();
        }

        Usage usage(int words) {
            return new Usage(prompt, prompt / 3, words);
        }

        void says(int words) {
            owed.set(price(usage(words)));
        }

        void billNothing() {
            owed.set(0);
        }

        boolean isOver() {
            return over.get();
        }

        void over() {
            if (over.compareAndSet(false, true)) {
                model.bill.addAndGet(owed.get());
                model.ongoing.decrementAndGet();
            }
        }
    }
}
