package io.perpetua.adapters.http.chat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.perpetua.application.chat.Cancellation;
import org.jspecify.annotations.Nullable;

/*
 * The framework reads on from a connection while one request is served, so a client's FIN or RST closes the channel at
 * once. It stops reading only while a second, pipelined request waits; who leaves then is noticed when the first answer
 * is written. HTTP/2, which is off unless it is configured, is noticed by connection, not by stream.
 */
/**
 * Watches one request's connection until it is closed: when the response is made or, of a stream, at its end. A client that only stops sending (a half-closed connection) counts as one that leaves, as for the whole
 * server. To be closed, so that a kept connection gathers no listeners. Safe for concurrent use.
 */
final class Departure implements AutoCloseable {

    private final Cancellation cancellation = new Cancellation();
    /** Called by the event loop; neither blocks it. */
    private final ChannelFutureListener left = closed -> left();

    private final @Nullable ChannelFuture closing;
    private boolean gone;
    private @Nullable Runnable end;

    /** Watches the connection that {@code closing} tells the end of; null for one that is not a socket's. */
    Departure(@Nullable ChannelFuture closing) {
        this.closing = closing;
        if (closing != null) {
            closing.addListener(left);
        }
    }

    static Departure of(HttpRequest<?> request) {
        HttpRequest<?> received = request;
        while (received instanceof HttpRequestWrapper<?> wrapper) {
            received = wrapper.getDelegate();
        }
        return new Departure(
                received instanceof NettyHttpRequest<?> netty
                        ? netty.getChannelHandlerContext().channel().closeFuture()
                        : null);
    }

    /** Is cancelled when the client leaves, also if it had left before. */
    Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Has {@code otherEnd} run on a thread of its own when the client leaves, at once if it has left: a stream's body is told
     * by the framework, but not if the client leaves before the framework has asked for any of it.
     */
    void endsBy(Runnable otherEnd) {
        synchronized (this) {
            if (!gone) {
                end = otherEnd;
                return;
            }
        }
        run(otherEnd);
    }

    private void left() {
        Runnable known;
        synchronized (this) {
            gone = true;
            known = end;
        }
        cancellation.cancel();
        if (known != null) {
            run(known);
        }
    }

    private static void run(Runnable end) {
        Thread.ofVirtual().name("departure").start(end);
    }

    @Override
    public void close() {
        if (closing != null) {
            closing.removeListener(left);
        }
    }
}
