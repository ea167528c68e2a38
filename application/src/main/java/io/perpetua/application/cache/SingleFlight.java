package io.perpetua.application.cache;

import io.perpetua.application.Waiting;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has one of those who want the same at the same time get it for all of them. Safe for concurrent use; a key takes up
 * memory only while somebody leads.
 *
 * @param <K> what is wanted
 * @param <V> what they get
 */
final class SingleFlight<K, V> {

    /** Seen by its test, which looks for what is left behind. */
    final ConcurrentMap<K, Lead> leads = new ConcurrentHashMap<>();

    private final Duration patience;

    /**
     * Has others wait.
     *
     * @param patience how long one waits for another's answer before it gets its own: the other may be held up by its client
     */
    SingleFlight(Duration patience) {
        this.patience = patience;
    }

    /** What becomes of one who wants something. */
    sealed interface Turn<V> {

        /** Somebody else got it. */
        record Shared<V>(V value) implements Turn<V> {}

        /** Gets it, for whoever comes meanwhile as well. */
        record Leading<V>(SingleFlight<?, V>.Lead lead) implements Turn<V> {}

        /** What somebody else got can be nobody else's, so everyone gets their own. */
        record Alone<V>() implements Turn<V> {}
    }

    /** How a lead ended. */
    private sealed interface End<V> {

        record Landed<V>(V value) implements End<V> {}

        record Unshared<V>() implements End<V> {}

        record GivenUp<V>() implements End<V> {}
    }

    /**
     * Waits for whoever leads, or leads. When a leader gives up, one of those who wait leads
     * in turn.
     *
     * @throws CancellationException when the caller is interrupted while it waits; others are not affected
     */
    Turn<V> join(K key, Waiting waiting) {
        var mine = new Lead(key);
        while (true) {
            var other = leads.putIfAbsent(key, mine);
            if (other == null) {
                return new Turn.Leading<>(mine);
            }
            switch (waiting.until(other::end)) {
                case End.Landed<V>(var value) -> {
                    return new Turn.Shared<>(value);
                }
                case End.Unshared<V> _ -> {
                    return new Turn.Alone<>();
                }
                case End.GivenUp<V> _ -> {}
            }
        }
    }

    /** The leader's part. Ends once, by the first of its methods that is called; any thread may call them. */
    final class Lead implements AutoCloseable {

        private final K key;
        private final CompletableFuture<End<V>> end = new CompletableFuture<>();

        private Lead(K key) {
            this.key = key;
        }

        /** Everyone who waits gets {@code value}. */
        void land(V value) {
            end(new End.Landed<>(value));
        }

        /** Everyone who waits is to get their own. */
        void unshare() {
            end(new End.Unshared<>());
        }

        /** Gives up, unless it has ended before. */
        @Override
        public void close() {
            end(new End.GivenUp<>());
        }

        /** Whoever comes from here on finds no leader, or one that comes after this. */
        private void end(End<V> how) {
            leads.remove(key, this);
            end.complete(how);
        }

        private End<V> end() {
            try {
                return end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return new End.Unshared<>();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for an identical request");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a lead never ends like this", e);
            }
        }
    }
}
