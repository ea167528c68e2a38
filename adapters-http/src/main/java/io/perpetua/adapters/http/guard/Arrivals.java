package io.perpetua.adapters.http.guard;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a connection's guard of bytes as they come, before they make a request. */
final class Arrivals extends ChannelInboundHandlerAdapter {

    private final ConnectionGuard guard;

    Arrivals(ConnectionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        guard.bytesCame();
        ctx.fireChannelRead(msg);
    }
}
