package io.perpetua.adapters.http.guard;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.HttpServerConfiguration;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Puts a guard on every connection that the server accepts, as long as there are not too many. */
@Singleton
final class Guard implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

    private static final long MEGABYTE = 1L << 20;
    /** The default's least: one of the largest bodies, and some small ones beside it. */
    private static final long LEAST_MEGABYTES = 33;
    /** What a body becomes while it is read (text, parts, messages) is several times its size. */
    private static final long SHARE_OF_THE_HEAP = 16;

    private final int mostConnections;
    private final Limits limits;
    private final ByteBudget budget;
    private final BeanProvider<Endings> endings;
    private final AtomicInteger connections = new AtomicInteger();

    /** @param endings those who are told how requests end; asked for with the first connection, when all of them can be made */
    Guard(HttpLimits configured, HttpServerConfiguration server, BeanProvider<Endings> endings) {
        this.endings = endings;
        Origins.of(configured); // a mistake there is told now, not when the first page calls
        long megabytes = configured.getBodyMegabytes().map(Integer::longValue).orElseGet(Guard::shareOfTheHeap);
        limits = new Limits(configured.getRequestDeadline(), configured.getIdleTimeout(), server.getMaxRequestSize());
        if (megabytes * MEGABYTE < limits.largestBody()) {
            throw new ConfigurationException("perpetua.http.body_megabytes: expected at least "
                    + Math.ceilDiv(limits.largestBody(), MEGABYTE) + ", which is what one request may have, found "
                    + megabytes);
        }
        mostConnections = configured.getConnections();
        budget = new ByteBudget(megabytes * MEGABYTE);
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        var registry = event.getBean();
        registry.register(new Listener());
        return registry;
    }

    private static long shareOfTheHeap() {
        return Math.max(LEAST_MEGABYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP / MEGABYTE);
    }

    private Endings.@Nullable Listener listener(String method, String path) {
        return endings.stream()
                .flatMap(each -> Optional.ofNullable(each.of(method, path)).stream())
                .findFirst()
                .orElse(null);
    }

    private void accept(Channel channel) {
        int open = connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        var guard = new ConnectionGuard(limits, budget, this::listener);
        String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
        channel.pipeline().addBefore(codec, "perpetua-arrivals", new Arrivals(guard));
        channel.pipeline().addAfter(codec, "perpetua-guard", guard);
        if (open > mostConnections) {
            channel.writeAndFlush(Refusals.response(Refusals.TOO_MANY_CONNECTIONS))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class Listener implements NettyServerCustomizer {

        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
        }
    }

    private final class Connection implements NettyServerCustomizer {

        private final Channel channel;

        Connection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onStreamPipelineBuilt() {
            accept(channel);
        }
    }
}
