package io.perpetua.adapters.llm.http;

import io.perpetua.adapters.llm.http.BodyFeed.Piece;
import io.perpetua.application.routing.ProviderReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer that comes in one piece, whatever it is then handed on as. */
final class WholeReply implements ProviderReply {

    private final BodyFeed feed;
    private final Limits limits;
    private final Failures failures;
    private final Function<String, List<Event>> events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Queue<Event> ready = new ArrayDeque<>();
    private boolean ended;

    /**
     * A reply that is made when its body is there.
     *
     * @param events what the body comes to
     */
    WholeReply(BodyFeed feed, Limits limits, Failures failures, Function<String, List<Event>> events) {
        this.feed = feed;
        this.limits = limits;
        this.failures = failures;
        this.events = events;
    }

    @Override
    public @Nullable Event next(Duration patience) {
        if (!ended && !receive(Limits.nanos(patience))) {
            return null;
        }
        var event = ready.poll();
        if (event == null) {
            throw new IllegalStateException("the answer has ended");
        }
        return event;
    }

    /** Returns whether the whole body is there. */
    private boolean receive(long patience) {
        long begun = System.nanoTime();
        while (!ended) {
            var limit = limits.total();
            long wait = Math.min(limit.left(), patience - (System.nanoTime() - begun));
            switch (feed.poll(wait)) {
                case null -> {
                    if (limits.total().passed()) {
                        throw fail(failures.timeout(limit));
                    }
                    return false;
                }
                case Piece.Bytes bytes -> bytes.buffers().forEach(buffer -> BodyFeed.append(buffer, body));
                case Piece.End end -> {
                    ended = true;
                    ready.addAll(events.apply(body.toString(StandardCharsets.UTF_8)));
                }
                case Piece.Broken broken -> throw fail(failures.unreachable(broken.cause()));
                case Piece.TooLarge tooLarge -> throw fail(failures.malformed("more than an answer may have", null));
                case Piece.Closed closed -> throw new CancellationException("the answer was given up");
            }
        }
        return true;
    }

    private RuntimeException fail(RuntimeException failure) {
        ended = true;
        feed.close();
        return failure;
    }

    @Override
    public void close() {
        feed.close();
    }
}
