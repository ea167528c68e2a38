package io.perpetua.adapters.llm.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A small bounded hand-over from the HTTP client's thread to one blocking reader. The client is asked for another buffer
 * only when the reader has taken one, so the reader's pace holds up the sender, and nothing here ever blocks the
 * client's thread. {@link #close} may be called by any thread at any time; everything else belongs to the reader.
 */
final class BodyFeed implements Flow.Subscriber<List<ByteBuffer>> {

    /** Buffers, of up to 16 KB, that may wait for the reader. */
    private static final int DEMAND = 4;
    /** How long the rest of a finished answer may take to arrive before its connection is given up. */
    private static final Duration LINGER = Duration.ofSeconds(2);
    /** When the client has closed what it was told to. */
    private static final Duration SETTLED = Duration.ofMillis(20);
    /** An error's body is worth waiting for, but not for long: its status says most. */
    private static final long ERROR_BODY_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** What the reader takes. */
    sealed interface Piece {

        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        /** The body ended as it should. */
        record End() implements Piece {}

        /** The connection failed. */
        record Broken(Throwable cause) implements Piece {}

        /** More came than an answer may have. */
        record TooLarge() implements Piece {}

        /** {@link #close} was called. */
        record Closed() implements Piece {}
    }

    /** Room for what was asked for, the body's end, and the closing. */
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(DEMAND + 2);

    /** Null until the client has granted it. */
    private volatile Flow.@Nullable Subscription subscription;

    private final long largest;
    private final Runnable afterCancel;
    private long received;
    private volatile boolean closed;
    private volatile boolean draining;
    private volatile boolean ended;

    /**
     * A feed of one body.
     *
     * @param largest most bytes it may have
     * @param afterCancel makes the client notice that it has closed a connection
     */
    BodyFeed(long largest, Runnable afterCancel) {
        this.largest = largest;
        this.afterCancel = afterCancel;
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        if (closed) {
            cancel();
        } else {
            granted.request(DEMAND);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (draining) {
            requestOne();
        } else {
            offer(new Piece.Bytes(buffers));
        }
    }

    @Override
    public void onError(Throwable cause) {
        ended = true;
        offer(new Piece.Broken(cause));
    }

    @Override
    public void onComplete() {
        ended = true;
        offer(new Piece.End());
    }

    /**
     * What came next, or null when nothing came within {@code nanos}. After an end there is nothing more to take.
     *
     * @throws CancellationException when the reader is interrupted, which closes the feed
     */
    @Nullable
    Piece poll(long nanos) {
        try {
            var piece = closed ? new Piece.Closed() : pieces.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return closed ? new Piece.Closed() : taken(piece);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CancellationException("interrupted while waiting for an answer");
        }
    }

    private @Nullable Piece taken(@Nullable Piece piece) {
        if (!(piece instanceof Piece.Bytes bytes)) {
            return piece;
        }
        received += bytes.buffers().stream().mapToInt(ByteBuffer::remaining).sum();
        if (received > largest) {
            return new Piece.TooLarge();
        }
        requestOne();
        return piece;
    }

    /** What comes of an error's body in good time; its connection is given up when that is not all. */
    String error() {
        var body = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        while (poll(ERROR_BODY_PATIENCE - (System.nanoTime() - begun)) instanceof Piece.Bytes bytes) {
            bytes.buffers().forEach(buffer -> append(buffer, body));
        }
        close();
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Appends what {@code buffer} has left to {@code body}. */
    static void append(ByteBuffer buffer, ByteArrayOutputStream body) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        body.writeBytes(bytes);
    }

    /** Cancels the call, also at the provider, and wakes the reader. */
    void close() {
        if (draining || closed) {
            return;
        }
        closed = true;
        pieces.clear();
        offer(new Piece.Closed());
        cancel();
    }

    /** Lets what little may follow go by, so that the connection can serve the next call. */
    void finish() {
        if (ended || closed) {
            return;
        }
        draining = true;
        pieces.clear();
        requestOne();
        CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    if (!ended) {
                        cancel();
                    }
                });
    }

    private void requestOne() {
        var granted = subscription;
        if (granted != null) {
            granted.request(1);
        }
    }

    private void cancel() {
        var granted = subscription;
        if (granted != null) {
            granted.cancel();
            afterCancel.run();
            // Once more when the client has certainly got round to closing: it does so in its own time.
            CompletableFuture.delayedExecutor(SETTLED.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(afterCancel);
        }
    }

    /** Cannot fail for want of room while the client keeps to the demand; after closing nobody misses a piece. */
    private void offer(Piece piece) {
        boolean taken = pieces.offer(piece);
        if (!taken && !closed && !draining) {
            throw new IllegalStateException("the body came faster than it was asked for");
        }
    }
}
