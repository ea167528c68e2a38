package io.perpetua.adapters.sqlite;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import io.github.bucket4j.MathType;
import io.github.bucket4j.distributed.serialization.DataOutputSerializationAdapter;
import io.github.bucket4j.distributed.serialization.Scope;
import io.github.bucket4j.distributed.versioning.Versions;
import io.perpetua.application.access.Meter;
import io.perpetua.application.access.Quotas.Level;
import io.perpetua.application.access.Quotas.Taking.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/*
 * A fixed window is a bucket that is filled up all at once, a window's length after another. Which minute that is depends on
 * the first use, so a bucket is made anew when it is used after its window has ended with nothing owed. Bucket4j keeps the
 * tokens; when the window began is kept beside them, since it does not tell.
 */
/** How one meter stands at one instant: a bucket of Bucket4j's. Times are microseconds since 1970. Not safe for concurrent use. */
final class MeterBucket {

    private final Meter meter;
    private final long now;
    private final long start;
    private final BucketState state;

    private MeterBucket(Meter meter, long now, long start, BucketState state) {
        this.meter = meter;
        this.now = now;
        this.start = start;
        this.state = state;
    }

    /** A meter of which nothing is used, and whose window begins {@code now}. */
    static MeterBucket unused(Meter meter, Instant now) {
        long start = Instants.micros(meter.window().start(now));
        return new MeterBucket(
                meter,
                Instants.micros(now),
                start,
                BucketState.createInitialState(configuration(meter), MathType.INTEGER_64_BITS, nanos(start)));
    }

    /**
     * A meter that was used.
     *
     * @param start of its window, as it was then
     * @param bytes what {@link #bytes()} gave then
     */
    static MeterBucket used(Meter meter, long start, byte[] bytes, Instant now) {
        var then = new MeterBucket(meter, Instants.micros(now), start, read(meter, bytes));
        if (then.now < start - length(meter)) {
            var moved = unused(meter, now);
            moved.take(then.inUse());
            return moved;
        }
        then.state.refillAllBandwidth(nanos(then.now));
        long windows = Math.max(0, (then.now - start) / length(meter));
        return new MeterBucket(meter, then.now, start + windows * length(meter), then.state);
    }

    boolean has(long amount) {
        return amount <= left();
    }

    /** Takes {@code amount}, even where nothing is left. */
    void take(long amount) {
        state.consume(amount);
    }

    /** Gives {@code amount} back, up to the limit. */
    void giveBack(long amount) {
        state.addTokens(amount);
    }

    Level level() {
        return new Level(meter, left(), duration(start + length(meter) - now));
    }

    /** The answer to whom it has not that much left for. */
    Refused refused(long amount) {
        return new Refused(
                level(),
                never(amount)
                        ? meter.window().length()
                        : Duration.ofNanos(
                                state.calculateDelayNanosAfterWillBePossibleToConsume(amount, nanos(now), false)));
    }

    /** Whether no window has that much. */
    boolean never(long amount) {
        return amount > meter.most();
    }

    Meter meter() {
        return meter;
    }

    long start() {
        return start;
    }

    /** When its window is over and nothing is owed any more, if nobody uses it. */
    long until() {
        return start + Math.max(1, Math.ceilDiv(inUse(), meter.most())) * length(meter);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try {
            BucketState.serialize(
                    DataOutputSerializationAdapter.INSTANCE,
                    new DataOutputStream(bytes),
                    state,
                    Versions.getLatest(),
                    Scope.PERSISTED_STATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static BucketState read(Meter meter, byte[] bytes) {
        try {
            var state = BucketState.deserialize(
                    DataOutputSerializationAdapter.INSTANCE, new DataInputStream(new ByteArrayInputStream(bytes)));
            state.setConfiguration(configuration(meter)); // which is not among the bytes
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BucketConfiguration configuration(Meter meter) {
        return new BucketConfiguration(List.of(Bandwidth.builder()
                .capacity(meter.most())
                .refillIntervally(meter.most(), meter.window().length())
                .build()));
    }

    private long left() {
        return state.getCurrentSize(0);
    }

    private long inUse() {
        return meter.most() - left();
    }

    private static long length(Meter meter) {
        return meter.window().length().toNanos() / 1_000;
    }

    private static long nanos(long micros) {
        return Math.multiplyExact(micros, 1_000L);
    }

    private static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
