package io.perpetua.benchmarks.instances;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes parts fail, one after the other as chance has it, on a thread of its own, until it is closed. */
final class Trouble implements AutoCloseable {

    /** A part that fails for a while. */
    interface Kind {

        void begin(SplittableRandom random) throws IOException, InterruptedException;

        void end() throws IOException, InterruptedException;
    }

    private final Map<String, Kind> kinds;
    private final Duration between;
    private final Duration longest;
    private final SplittableRandom random;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile @Nullable Exception failure;

    /**
     * Begins.
     *
     * @param kinds what may fail, by name
     * @param between one failure's end and the next one's begin
     * @param longest how long one lasts at most
     */
    Trouble(Map<String, Kind> kinds, Duration between, Duration longest, long seed) {
        this.kinds = new LinkedHashMap<>(kinds);
        this.between = between;
        this.longest = longest;
        this.random = new SplittableRandom(seed);
        thread = Thread.ofPlatform().name("trouble").start(this::run);
    }

    private void run() {
        List<String> names = new ArrayList<>(kinds.keySet());
        try {
            for (int i = 0; !over; i++) {
                pause(between);
                if (over) {
                    return;
                }
                String name = names.get(i % names.size());
                Kind kind = requireNonNull(kinds.get(name));
                kind.begin(random);
                synchronized (counts) {
                    counts.merge(name, 1, Integer::sum);
                }
                pause(Duration.ofMillis(random.nextLong(longest.toMillis() / 4, longest.toMillis())));
                kind.end();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the failure at hand in full: what has begun has to end. */
    private static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }

    /** How often each failed. */
    Map<String, Integer> counts() {
        synchronized (counts) {
            return new LinkedHashMap<>(counts);
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Exception failed = failure;
        if (failed != null) {
            throw new IOException("the trouble-maker has failed", failed);
        }
    }
}
