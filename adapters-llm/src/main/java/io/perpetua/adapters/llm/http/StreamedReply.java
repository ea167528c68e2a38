package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.BodyFeed.Piece;
import io.perpetua.adapters.llm.http.StreamReader.Heard;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes as server-sent events. It is complete when the provider says so, and also when the stream ends,
 * breaks or falls silent after it has said why the answer ended: nothing is missing then but perhaps the usage. Where the
 * provider says that this was all and never why, the usual reason is said for it.
 */
final class StreamedReply implements ProviderReply {

    private final BodyFeed feed;
    private final Limits limits;
    private final Failures failures;
    private final StreamReader reader;
    private final SseParser parser = new SseParser();
    private final Queue<SseEvent> received = new ArrayDeque<>();
    private final Queue<Heard> heard = new ArrayDeque<>();
    private final AnswerAssembly assembly = new AnswerAssembly();
    private @Nullable ObjectNode latest;
    private boolean anyEvent;
    private boolean complete;
    private boolean ended;

    StreamedReply(BodyFeed feed, Limits limits, Failures failures, StreamReader reader) {
        this.feed = feed;
        this.limits = limits;
        this.failures = failures;
        this.reader = reader;
    }

    @Override
    public @Nullable Event next(Duration patience) {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        long begun = System.nanoTime();
        long nanos = Limits.nanos(patience);
        while (true) {
            var event = heard.isEmpty() ? null : tell(heard.remove());
            if (event != null) {
                return event;
            }
            if (heard.isEmpty() && !received.isEmpty()) {
                anyEvent = true;
                heard.addAll(reader.read(received.remove()));
            } else if (heard.isEmpty()) {
                if (limits.total().passed()) {
                    throw fail(failures.timeout(limits.total())); // however busily it goes on
                }
                long patienceLeft = nanos - (System.nanoTime() - begun);
                var piece = feed.poll(Math.min(limit().left(), patienceLeft));
                if (piece == null && !limit().passed()) {
                    return null;
                }
                take(piece);
            }
        }
    }

    /** Takes what has come; null is a silence that has lasted too long. */
    private void take(@Nullable Piece piece) {
        switch (piece) {
            case null -> silence();
            case Piece.Bytes bytes -> bytes.buffers().forEach(buffer -> parser.feed(buffer, received::add));
            case Piece.End end -> end(null);
            case Piece.Broken broken -> end(broken.cause());
            case Piece.TooLarge tooLarge -> throw fail(failures.malformed("more than an answer may have", null));
            case Piece.Closed closed -> throw new CancellationException("the answer was given up");
        }
    }

    /** What the reader of this answer is told, null where there is nothing to tell yet. */
    private @Nullable Event tell(Heard next) {
        return switch (next) {
            case Heard.Chunk(var text, var json) -> {
                limits.heard();
                latest = json;
                yield new Event.Chunk(text, assembly.add(json));
            }
            case Heard.End() -> {
                if (complete) {
                    yield done();
                }
                var closing = closing();
                complete();
                yield closing;
            }
            case Heard.Fault(var error) -> throw fail(failures.reported(error));
            case Heard.Nonsense(var what) -> throw fail(failures.malformed(what, null));
        };
    }

    /** The chunk that says why the answer ended, where the provider has said no more than that it has; or null. */
    private @Nullable Event closing() {
        if (assembly.finished()) {
            return null;
        }
        if (latest == null || !assembly.spoken()) {
            throw fail(failures.malformed("an end without an answer", null));
        }
        var closing = Heard.Chunk.of(Chunks.like(latest).finish(assembly.presumedReason()));
        return new Event.Chunk(closing.text(), assembly.add(closing.json()));
    }

    private Limits.Limit limit() {
        return assembly.spoken() ? limits.nextToken() : limits.firstToken();
    }

    private void silence() {
        if (!assembly.finished()) {
            throw fail(failures.timeout(limit()));
        }
        feed.close();
        complete();
    }

    private void end(@Nullable Throwable cause) {
        if (assembly.finished()) {
            complete();
        } else if (anyEvent) {
            throw fail(failures.truncated(cause));
        } else {
            throw fail(cause == null ? failures.malformed("no event at all", null) : failures.unreachable(cause));
        }
    }

    /** Nothing more is awaited. What the reader has left comes next, and then the answer. */
    private void complete() {
        complete = true;
        received.clear();
        heard.clear();
        heard.addAll(reader.rest());
        heard.add(new Heard.End());
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
