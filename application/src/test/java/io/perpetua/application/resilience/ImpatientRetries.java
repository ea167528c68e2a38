package io.perpetua.application.resilience;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A fake kept honest by {@link RetriesContract}: tries again without waiting, and counts how often. */
public final class ImpatientRetries implements Retries {

    private final int retries;
    private final AtomicInteger retried = new AtomicInteger();

    /** Tries again three times. */
    public ImpatientRetries() {
        this(3);
    }

    /** Tries again {@code retries} times. */
    public ImpatientRetries(int retries) {
        this.retries = retries;
    }

    /** How many attempts there were so far that were not the first. */
    public int retried() {
        return retried.get();
    }

    @Override
    public <T> T retry(Supplier<T> attempt) {
        for (int left = retries; ; left--) {
            try {
                return attempt.get();
            } catch (MayPass e) {
                if (left == 0) {
                    throw e;
                }
                retried.incrementAndGet();
            }
        }
    }
}
