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
 * Watches one request's connection until the response is begun or made, after which the response's body notices for
 * itself. A client that only stops sending (a half-closed connection) counts as one that leaves, as for the whole
 * server. To be closed by the thread that made it, so that a kept connection gathers no listeners.
 */
final class Departure implements AutoCloseable {

    private final Cancellation cancellation = new Cancellation();
    /** Called by the event loop; cancelling never blocks it. */
    private final ChannelFutureListener left = closed -> cancellation.cancel();

    private final @Nullable ChannelFuture closing;

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

    @Override
    public void close() {
        if (closing != null) {
            closing.removeListener(left);
        }
    }
}
