package io.perpetua.application.routing;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer on its way, fed by a test, before it is asked for or while it is read. Safe for concurrent use. */
public final class ScriptedReply implements ProviderReply {

    /** One step of the script: what the next call of {@link #next} does. */
    @FunctionalInterface
    private interface Step extends Supplier<@Nullable Event> {}

    private final BlockingQueue<Step> script = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private volatile boolean ended;

    public ScriptedReply preamble(String json) {
        return chunk(json, Kind.PREAMBLE);
    }

    public ScriptedReply content(String json) {
        return chunk(json, Kind.CONTENT);
    }

    public ScriptedReply finish(String json) {
        return chunk(json, Kind.FINISH);
    }

    public ScriptedReply usage(String json) {
        return chunk(json, Kind.USAGE);
    }

    /** Nothing comes for as long as the reader waits, once. */
    public ScriptedReply pause() {
        return step(() -> null);
    }

    /** The answer is complete; {@code usage} is null when the provider does not say. */
    public ScriptedReply done(Message message, @Nullable Usage usage) {
        return step(() -> new Event.Done(new Answer(message, "stop", usage, "small", null)));
    }

    /** An answer in one piece. */
    public ScriptedReply whole(Message message, @Nullable Usage usage) {
        return step(() -> new Event.Done(new Answer(message, "stop", usage, "small", message.wire())));
    }

    public ScriptedReply breakOff(RuntimeException failure) {
        return step(() -> {
            throw failure;
        });
    }

    public boolean closed() {
        return closed;
    }

    private ScriptedReply chunk(String json, Kind kind) {
        return step(() -> new Event.Chunk(json, kind));
    }

    private ScriptedReply step(Step step) {
        script.add(step);
        return this;
    }

    @Override
    public @Nullable Event next(Duration patience) {
        if (ended) {
            throw new IllegalStateException("the answer has ended");
        }
        try {
            Step step = closed ? null : script.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (closed) {
                throw new CancellationException("closed");
            }
            Event event = step == null ? null : step.get();
            ended = event instanceof Event.Done;
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public void close() {
        closed = true;
        script.add(() -> null); // wakes whoever waits
    }
}
