package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

@Timeout(30)
class PulledBodyTest {

    private final Numbers numbers = new Numbers();
    private final Reader reader = new Reader();

    @Test
    void subscribe_noDemand_pullsNothing() throws Exception {
        new PulledBody(numbers).subscribe(reader);
        reader.subscription().request(2);
        assertThat(reader.signals.take()).isEqualTo("1");
        assertThat(reader.signals.take()).isEqualTo("2");
        assertThat(numbers.given.get()).isEqualTo(2);
        reader.subscription().request(Long.MAX_VALUE);
        reader.subscription().request(Long.MAX_VALUE);
        assertThat(reader.signals.take()).isEqualTo("3");
        assertThat(reader.signals.take()).isEqualTo("end");
        assertThat(numbers.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancel_whileTheSourceBlocks_closesIt() throws Exception {
        numbers.block = true;
        new PulledBody(numbers).subscribe(reader);
        reader.subscription().request(1);
        assertThat(numbers.blocking.await(10, TimeUnit.SECONDS)).isTrue();
        reader.subscription().cancel();
        assertThat(numbers.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.signals).isEmpty();
    }

    @Test
    void cancel_withoutDemand_closesIt() throws Exception {
        new PulledBody(numbers).subscribe(reader);
        reader.subscription().cancel();
        assertThat(numbers.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void close_beforeAnybodyHasSubscribed_closesTheSourceOnce() throws Exception {
        var afterwards = new AtomicInteger();
        var body = new PulledBody(numbers, afterwards::incrementAndGet);
        body.close();
        body.close();
        assertThat(numbers.closed.getCount()).isZero();
        assertThat(afterwards).hasValue(1);
    }

    @Test
    void close_whileNothingIsDemanded_endsThePulling() throws Exception {
        var ended = new CountDownLatch(1);
        var body = new PulledBody(numbers, ended::countDown);
        body.subscribe(reader);
        body.close();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        reader.subscription().request(1);
        assertThat(numbers.given).hasValue(0);
    }

    @Test
    void subscribe_sourceFails_isPassedOn() throws Exception {
        numbers.failure = new IllegalStateException("broken");
        new PulledBody(numbers).subscribe(reader);
        reader.subscription().request(1);
        assertThat(reader.signals.take()).isEqualTo("broken");
        assertThat(numbers.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Gives 1, 2, 3. */
    private static final class Numbers implements PulledBody.Source {

        final AtomicInteger given = new AtomicInteger();
        final CountDownLatch blocking = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        volatile boolean block;
        volatile @Nullable RuntimeException failure;

        @Override
        public byte @Nullable [] next() {
            RuntimeException broken = failure;
            if (broken != null) {
                throw broken;
            }
            if (block) {
                blocking.countDown();
                awaitClose();
            }
            return given.get() == 3 ? null : new byte[] {(byte) ('0' + given.incrementAndGet())};
        }

        private void awaitClose() {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** Notes what it is told. */
    private static final class Reader implements Subscriber<byte[]> {

        final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
        private volatile @Nullable Subscription subscription;

        Subscription subscription() {
            return Objects.requireNonNull(subscription);
        }

        @Override
        public void onSubscribe(Subscription made) {
            subscription = made;
        }

        @Override
        public void onNext(byte[] bytes) {
            signals.add(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(String.valueOf(failure.getMessage()));
        }

        @Override
        public void onComplete() {
            signals.add("end");
        }
    }
}
