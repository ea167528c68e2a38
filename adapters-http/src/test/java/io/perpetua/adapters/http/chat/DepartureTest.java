package io.perpetua.adapters.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DepartureTest {

    private final Closing closing = new Closing();

    @Test
    void close_always_leavesNoListenerBehind() {
        try (var departure = new Departure(closing)) {
            assertThat(departure.cancellation()).isNotNull();
            assertThat(closing.listeners).hasSize(1);
        }
        assertThat(closing.listeners).isEmpty();
    }

    @Test
    void of_requestWithoutAConnection_isNeverCancelled() {
        try (var departure = Departure.of(HttpRequest.GET("/"))) {
            assertThat(departure.cancellation()).isNotNull();
        }
    }

    @Test
    void endsBy_beforeTheClientLeaves_isRunWhenItDoes() throws InterruptedException {
        var ended = new CountDownLatch(1);
        var departure = new Departure(closing);
        departure.endsBy(ended::countDown);
        assertThat(ended.getCount()).isOne();
        closing.setSuccess();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsBy_afterTheClientHasLeft_isRunAtOnce() throws InterruptedException {
        var ended = new CountDownLatch(1);
        var departure = new Departure(closing);
        closing.setSuccess();
        departure.endsBy(ended::countDown);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A connection's end that tells who waits for it. */
    private static final class Closing extends DefaultChannelPromise {

        final List<Object> listeners = new ArrayList<>();

        Closing() {
            super(new EmbeddedChannel());
        }

        @Override
        public ChannelPromise addListener(GenericFutureListener<? extends Future<? super Void>> listener) {
            listeners.add(listener);
            return super.addListener(listener);
        }

        @Override
        public ChannelPromise removeListener(GenericFutureListener<? extends Future<? super Void>> listener) {
            listeners.remove(listener);
            return super.removeListener(listener);
        }
    }
}
