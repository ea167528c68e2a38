package io.perpetua.adapters.http.guard;

import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.perpetua.adapters.http.Problem;
import io.perpetua.adapters.http.guard.Endings.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * At any time a connection is in one of three states. It receives, from a request's first byte to its last: then the
 * request's deadline runs, unless an earlier request of the connection is still to be answered, for then the framework
 * has stopped reading and the client is not to blame. It waits for an answer: then nothing runs, for a provider may be
 * silent for long, but a client that takes nothing of what is written is left after the idle time. Or it is idle.
 *
 * A refusal waits for the answers before it, so that no client takes it for the answer to an earlier request. Then the
 * framework's handler is taken out, which ends whatever it still does for the refused request, and the connection is
 * closed in two steps: with unread input a close resets the connection, and the client might never see why.
 */
/** Guards one connection. Called by its event loop alone. */
@SuppressWarnings(
        "FutureReturnValueIgnored") // a write or close that fails has a connection that is gone, which is told
final class ConnectionGuard extends ChannelDuplexHandler {

    /** How long a refused client has to read why, while what it still sends is thrown away. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    /** What a request's target has behind the path, and slashes at the path's end. */
    private static final Pattern TARGET_END = Pattern.compile("/*(\\?.*)?$", Pattern.DOTALL);

    private final Limits limits;
    private final ByteBudget budget;
    private final Endings endings;
    /** Requests that were let in and are not answered, the oldest first. */
    private final Deque<Exchange> unanswered = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange current;
    private boolean receiving;
    private @Nullable Problem refusal;
    private boolean leaving;
    private @Nullable Future<?> timer;
    private @Nullable Future<?> stall;
    private long untaken;

    ConnectionGuard(Limits limits, ByteBudget budget, Endings endings) {
        this.limits = limits;
        this.budget = budget;
        this.endings = endings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        awaitRequest(ctx);
    }

    /** Something came, which may be the beginning of a request. */
    void bytesCame() {
        if (context != null && !receiving && refusal == null && unanswered.isEmpty()) {
            receiving = true;
            awaitRest(context);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (refusal != null) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest request) {
            head(ctx, request);
        } else if (msg instanceof HttpContent content) {
            content(ctx, content);
        } else {
            ctx.fireChannelRead(msg);
        }
    }

    private void head(ChannelHandlerContext ctx, HttpRequest request) {
        var problem = Admissibility.refusal(request, limits.largestBody());
        if (problem == null && !budget.fits(HttpUtil.getContentLength(request, 0L))) {
            problem = Refusals.TOO_MANY_BYTES;
        }
        var exchange = new Exchange(
                budget,
                endings.of(
                        request.method().name(),
                        TARGET_END.matcher(request.uri()).replaceFirst("")));
        if (problem != null) {
            exchange.refuse(problem);
            exchange.end();
            ReferenceCountUtil.release(request);
            refuse(ctx, problem);
            return;
        }
        receiving = true;
        current = exchange;
        unanswered.add(exchange);
        ctx.fireChannelRead(request);
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        var problem = current == null ? null : refusal(content, current);
        if (problem != null) {
            content.release();
            refuse(ctx, problem);
            return;
        }
        if (content instanceof LastHttpContent) {
            received(ctx);
        }
        ctx.fireChannelRead(content);
    }

    private @Nullable Problem refusal(HttpContent content, Exchange exchange) {
        if (content.decoderResult().isFailure()) {
            return Refusals.undecodable(content.decoderResult().cause());
        }
        boolean room = exchange.receive(content.content().readableBytes());
        if (exchange.received() > limits.largestBody()) {
            return Refusals.tooLarge(limits.largestBody());
        }
        return room ? null : Refusals.TOO_MANY_BYTES;
    }

    private void received(ChannelHandlerContext ctx) {
        receiving = false;
        current = null;
        if (unanswered.isEmpty()) {
            awaitRequest(ctx);
        } else {
            disarm();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            SafeHeaders.addTo(response.headers());
            begun(response);
        }
        boolean last = msg instanceof LastHttpContent && !isInformational(msg);
        ctx.write(msg, promise);
        if (last && !leaving) {
            answered(ctx);
        }
    }

    private static boolean isInformational(Object msg) {
        return msg instanceof HttpResponse response && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void begun(HttpResponse response) {
        String detail = response.headers().get(Endings.DETAIL, "");
        response.headers().remove(Endings.DETAIL);
        var exchange = unanswered.peek();
        if (exchange != null) {
            exchange.begin(new Ending(response.status().code(), detail));
        }
    }

    private void answered(ChannelHandlerContext ctx) {
        var exchange = unanswered.poll();
        if (exchange != null) {
            exchange.end();
        }
        var problem = refusal;
        if (problem != null) {
            // Not within the framework's handler, which is still writing.
            ctx.executor().execute(() -> refuseInTurn(ctx, problem));
        } else if (unanswered.isEmpty()) {
            if (!receiving) {
                awaitRequest(ctx);
            }
        } else if (unanswered.peek() == current) {
            awaitRest(ctx);
        }
    }

    /** Lets nothing more in, and says why as soon as the answers that are still owed have been given. */
    private void refuse(ChannelHandlerContext ctx, Problem problem) {
        disarm();
        refusal = problem;
        refuseInTurn(ctx, problem);
    }

    private void refuseInTurn(ChannelHandlerContext ctx, Problem problem) {
        var next = unanswered.peek();
        if (next != null && next != current) {
            return;
        }
        leaving = true;
        boolean owed = current == null || (next == current && !current.isBegun());
        boolean cut = next != null && next.isBegun();
        if (ctx.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
            ctx.pipeline().remove(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND);
        }
        if (current != null) {
            current.refuse(problem);
        }
        giveBack();
        if (cut) {
            ctx.close(); // the answer that was begun ends here, and the client sees that it is not whole
        } else if (owed) {
            var response = Refusals.response(problem);
            SafeHeaders.addTo(response.headers());
            ctx.writeAndFlush(response).addListener((ChannelFutureListener) written -> linger(ctx));
        } else {
            ctx.flush();
            linger(ctx);
        }
    }

    private static void linger(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        channel.config().setAutoRead(true);
        ctx.executor().schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            untaken = Long.MAX_VALUE; // so much was taken, whatever is written next
        } else if (stall == null) {
            untaken = Long.MAX_VALUE;
            watchClient(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** Leaves a client that takes nothing; one that takes a little at a time is waited for. */
    private void watchClient(ChannelHandlerContext ctx) {
        long now = ctx.channel().bytesBeforeWritable();
        if (now > 0 && now >= untaken) {
            ctx.close();
        } else if (now > 0) {
            untaken = now;
            stall = schedule(ctx, limits.idle(), () -> watchClient(ctx));
        } else {
            stall = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        disarm();
        if (stall != null) {
            stall.cancel(false);
        }
        giveBack();
        ctx.fireChannelInactive();
    }

    /** Clients that reset their connection are no news, and are not to fill the log. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void giveBack() {
        unanswered.forEach(Exchange::end);
        unanswered.clear();
    }

    private void awaitRest(ChannelHandlerContext ctx) {
        arm(ctx, limits.requestDeadline(), () -> refuse(ctx, Refusals.late(limits.requestDeadline())));
    }

    private void awaitRequest(ChannelHandlerContext ctx) {
        arm(ctx, limits.idle(), () -> {
            if (ctx.channel().isWritable()) {
                ctx.close();
            } // else the end of the last answer is still being taken, which is watched
        });
    }

    private void arm(ChannelHandlerContext ctx, Duration delay, Runnable action) {
        disarm();
        timer = schedule(ctx, delay, action);
    }

    private void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private static Future<?> schedule(ChannelHandlerContext ctx, Duration delay, Runnable action) {
        return ctx.executor().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
