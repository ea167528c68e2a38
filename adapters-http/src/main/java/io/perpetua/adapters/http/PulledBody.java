package io.perpetua.adapters.http;

import io.micronaut.core.propagation.PropagatedContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response body that a virtual thread pulls from a source, no faster than the client reads it. The source is closed
 * once: after its end, after its failure, or as soon as the client is gone. All of that is work for the request during
 * which it was made. For one subscriber.
 */
public final class PulledBody implements Publisher<byte[]>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PulledBody.class);

    private final Source source;
    private final Runnable afterwards;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final PropagatedContext made = PropagatedContext.getOrEmpty();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean over;
    /** Who pulls, once somebody has subscribed. */
    private volatile @Nullable Thread puller;

    /** A body of what {@code source} gives, which it closes. */
    public PulledBody(Source source) {
        this(source, () -> {});
    }

    /** The same; {@code afterwards} is run once the source is closed. */
    public PulledBody(Source source, Runnable afterwards) {
        this.source = source;
        this.afterwards = afterwards;
    }

    /** Where a body comes from. Read by one thread; may block. */
    public interface Source extends AutoCloseable {

        /** The next bytes, to be sent at once; null at the end. */
        byte @Nullable [] next();

        /** Called by any thread, also while another waits in {@link #next}, which then ends soon, however it does. */
        @Override
        void close();
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        var pump = new Pump(subscriber);
        subscriber.onSubscribe(pump);
        if (subscribed.compareAndSet(false, true)) {
            puller = pump.thread;
            pump.thread.start();
        } else {
            subscriber.onError(new IllegalStateException("this body is read once"));
        }
    }

    /** Has {@code last} run when all is over, at once if it is. */
    void finallyRun(Runnable last) {
        synchronized (this) {
            if (!over) {
                atEnd.add(last);
                return;
            }
        }
        last.run();
    }

    /** Closes the source, if it is not closed yet. Any thread may do that, also when nobody ever subscribes. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (var _ = made.propagate()) {
                source.close();
            } catch (RuntimeException e) {
                LOG.warn("A response's source did not close", e);
            } finally {
                LockSupport.unpark(puller); // who waits for demand waits for nothing
                afterwards.run();
                end();
            }
        }
    }

    private void end() {
        List<Runnable> last;
        synchronized (this) {
            over = true;
            last = List.copyOf(atEnd);
        }
        last.forEach(Runnable::run);
    }

    /** Carries the bytes from the source to the client. */
    private final class Pump implements Subscription, Runnable {

        private final Subscriber<? super byte[]> subscriber;
        private final Thread thread = Thread.ofVirtual().name("response-body").unstarted(this);
        private final AtomicLong demand = new AtomicLong();
        private volatile boolean cancelled;

        Pump(Subscriber<? super byte[]> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            LockSupport.unpark(thread);
        }

        /** Comes on an event loop, where closing must not block. */
        @Override
        public void cancel() {
            cancelled = true;
            LockSupport.unpark(thread);
            Thread.ofVirtual().name("response-body-close").start(PulledBody.this::close);
        }

        @Override
        public void run() {
            try (var _ = made.propagate()) {
                pump();
            } catch (RuntimeException | Error e) {
                if (!cancelled) {
                    LOG.error("A response body broke off", e);
                    subscriber.onError(e);
                }
            } finally {
                close();
            }
        }

        private void pump() {
            while (awaitDemand()) {
                byte[] next = source.next();
                if (cancelled) {
                    return;
                }
                if (next == null) {
                    subscriber.onComplete();
                    return;
                }
                demand.decrementAndGet();
                subscriber.onNext(next);
            }
        }

        private boolean awaitDemand() {
            while (!cancelled && !closed.get() && demand.get() <= 0) {
                LockSupport.park(this);
            }
            return !cancelled && !closed.get();
        }
    }
}
