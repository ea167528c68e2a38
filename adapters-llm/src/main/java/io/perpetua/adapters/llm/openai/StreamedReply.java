package io.perpetua.adapters.llm.openai;

import io.perpetua.adapters.llm.openai.BodyFeed.Piece;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes as server-sent events. It is complete at {@code [DONE]}, and also when the stream ends, breaks or
 * falls silent after the provider has said why the answer ended: nothing is missing then but perhaps the usage.
 */
final class StreamedReply implements ProviderReply {

    private static final String END_MARK = "[DONE]";

    private final BodyFeed feed;
    private final Limits limits;
    private final Failures failures;
    private final SseParser parser = new SseParser();
    private final Queue<SseEvent> received = new ArrayDeque<>();
    private final AnswerAssembly assembly = new AnswerAssembly();
    private boolean anyEvent;
    private boolean ended;

    StreamedReply(BodyFeed feed, Limits limits, Failures failures) {
        this.feed = feed;
        this.limits = limits;
        this.failures = failures;
    }

    @Override
    public @Nullable Event next(Duration patience) {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        long begun = System.nanoTime();
        long nanos = Limits.nanos(patience);
        while (true) {
            var event = received.isEmpty() ? null : read(received.remove());
            if (event != null) {
                return event;
            }
            if (received.isEmpty()) {
                if (limits.total().passed()) {
                    throw fail(failures.timeout(limits.total())); // however busily it goes on
                }
                long patienceLeft = nanos - (System.nanoTime() - begun);
                var piece = feed.poll(Math.min(limit().left(), patienceLeft));
                if (piece == null && !limit().passed()) {
                    return null;
                }
                var end = piece == null ? silence() : take(piece);
                if (end != null) {
                    return end;
                }
            }
        }
    }

    private @Nullable Event take(Piece piece) {
        return switch (piece) {
            case Piece.Bytes bytes -> {
                bytes.buffers().forEach(buffer -> parser.feed(buffer, received::add));
                yield null;
            }
            case Piece.End end -> end(null);
            case Piece.Broken broken -> end(broken.cause());
            case Piece.TooLarge tooLarge -> throw fail(failures.malformed("more than an answer may have", null));
            case Piece.Closed closed -> throw new CancellationException("the answer was given up");
        };
    }

    /** What an event comes to, null for one that means nothing to anybody. */
    private @Nullable Event read(SseEvent event) {
        anyEvent = true;
        if (event.data().strip().equals(END_MARK)) {
            return done();
        }
        var json = Json.parseObject(event.data());
        if (event.type().equals("error")) {
            throw fail(failures.reported(json == null ? Json.object().put("message", event.data()) : json));
        }
        if (json == null && !event.type().equals(SseEvent.DEFAULT_TYPE)) {
            return null;
        }
        if (json == null) {
            throw fail(failures.malformed("a chunk that is not a JSON object", null));
        }
        if (Json.says(json.get("error"))) {
            throw fail(failures.reported(json));
        }
        if (!json.path("choices").isArray()) {
            return null;
        }
        limits.heard();
        // Between JSON's tokens a line feed is as good as a space, and an event is handed on as one line.
        return new Event.Chunk(event.data().replace('\n', ' '), assembly.add(json));
    }

    private Limits.Limit limit() {
        return assembly.spoken() ? limits.nextToken() : limits.firstToken();
    }

    private Event silence() {
        if (assembly.finished()) {
            feed.close();
            return done();
        }
        throw fail(failures.timeout(limit()));
    }

    private Event end(@Nullable Throwable cause) {
        if (assembly.finished()) {
            return done();
        }
        if (anyEvent) {
            throw fail(failures.truncated(cause));
        }
        throw fail(cause == null ? failures.malformed("no event at all", null) : failures.unreachable(cause));
    }

    private Event done() {
        ended = true;
        feed.finish();
        try {
            return new Event.Done(assembly.answer());
        } catch (MalformedMessage e) {
            throw fail(failures.malformed("a message that is none: " + e.getMessage(), e));
        }
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
