package io.perpetua.adapters.http;

import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A provider that says what a test tells it to, when the test tells it. */
final class ScriptedProvider implements ChatProvider {

    static final String COMPLETION =
            "{\"id\":\"c1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],\"score\":1.0}";

    private static final Message HELLO = new Message(
            Role.ASSISTANT,
            "Hello",
            null,
            List.of(),
            null,
            List.of(),
            "{\"role\":\"assistant\",\"content\":\"Hello\"}");
    private static final Usage USAGE = new Usage(12, 4, 0, 3, 0, Source.PROVIDER);

    final List<ProviderRequest> asked = new ArrayList<>();
    /** What the next call is answered with. */
    volatile Reply reply = new Reply();

    @Nullable
    RuntimeException refusal;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<ModelInfo> models() {
        return List.of(
                new ModelInfo("fake", "small", 128_000, new Price(0.5, 0.25, 0.5, 2)),
                new ModelInfo("fake", "unpriced", 8_000, null),
                new ModelInfo(
                        "fake",
                        "long",
                        1_000_000,
                        new Price(new Rates(1, 0.1, 1.25, 4), List.of(new Tier(200_000, new Rates(2, 0.2, 2.5, 6))))));
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public synchronized ProviderReply ask(ProviderRequest request) {
        asked.add(request);
        notifyAll();
        if (refusal != null) {
            throw refusal;
        }
        return reply;
    }

    /** From now on calls are answered with the reply that is returned, which is still to be fed. */
    Reply answerNext() {
        reply = new Reply();
        return reply;
    }

    /** Returns once it has been asked so many times. */
    synchronized void awaitAsked(int times) throws InterruptedException {
        while (asked.size() < times) {
            wait();
        }
    }

    synchronized ProviderRequest last() {
        return asked.getLast();
    }

    /** The answer on its way, fed by the test. */
    static final class Reply implements ProviderReply {

        private final BlockingQueue<Object> script = new LinkedBlockingQueue<>();
        final CountDownLatch closed = new CountDownLatch(1);

        void whole(String body) {
            script.add(new Event.Done(new Answer(HELLO, "stop", USAGE, "small", body)));
        }

        void content(String json) {
            script.add(new Event.Chunk(json, Kind.CONTENT));
        }

        void end(String json) {
            script.add(new Event.Chunk(json, Kind.FINISH));
            script.add(new Event.Done(new Answer(HELLO, "stop", USAGE, "small", null)));
        }

        void breakOff(ProviderFailure.Kind kind) {
            script.add(new ProviderFailure(kind, "fake", "broke off", 0, null, null, null));
        }

        @Override
        public @Nullable Event next(Duration patience) {
            try {
                return switch (script.poll(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    case null -> null;
                    case Event event -> event;
                    case RuntimeException failure -> throw failure;
                    case Object other -> throw new AssertionError(other);
                };
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }

        @Override
        public void close() {
            closed.countDown();
            breakOff(ProviderFailure.Kind.TRUNCATED);
        }
    }
}
