package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.Quotas.Taking.Refused;
import io.perpetua.application.access.Quotas.Taking.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryQuotas implements Quotas {

    /**
     * What was used of a window.
     *
     * @param used more than the limit where windows to come have to pay back
     */
    private record Used(Meter meter, Instant start, long used) {

        static Used none(Meter meter, Instant now) {
            return new Used(meter, meter.window().start(now), 0);
        }

        /** The same as of {@code now}; null when its window has ended and nothing is owed. */
        @Nullable
        Used at(Instant now) {
            Duration length = meter.window().length();
            if (now.isBefore(start)) {
                return now.isBefore(start.minus(length)) ? none(meter, now).plus(used) : this;
            }
            long ended = Duration.between(start, now).toNanos() / length.toNanos();
            long owed = Math.max(0, used - ended * meter.most());
            return ended > 0 && owed == 0 ? null : new Used(meter, start.plus(length.multipliedBy(ended)), owed);
        }

        Used plus(long amount) {
            return new Used(meter, start, Math.max(0, used + amount));
        }

        Level level(Instant now) {
            return new Level(
                    meter,
                    meter.most() - used,
                    Duration.between(now, start.plus(meter.window().length())));
        }

        boolean has(long amount) {
            return amount <= meter.most() - used;
        }

        Refused refused(long amount, Instant now) {
            Duration length = meter.window().length();
            if (amount > meter.most()) {
                return new Refused(level(now), length);
            }
            long missing = used + amount - meter.most();
            long windows = Math.ceilDiv(missing, meter.most());
            return new Refused(level(now), level(now).reset().plus(length.multipliedBy(windows - 1)));
        }
    }

    private final Map<Meter, Used> used = new HashMap<>();
    private boolean away;

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    @Override
    public synchronized Taking take(List<Meter> meters, long amount, Instant now) {
        requireThere();
        if (amount < 1) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
        var before = meters.stream().map(meter -> orNone(meter, now)).toList();
        var last = before.stream()
                .filter(each -> !each.has(amount))
                .map(each -> each.refused(amount, now))
                .max(Comparator.<Refused>comparingInt(
                                each -> amount > each.by().meter().most() ? 1 : 0)
                        .thenComparing(Refused::retryAfter));
        if (last.isPresent()) {
            return last.get();
        }
        var after = before.stream().map(each -> each.plus(amount)).toList();
        after.forEach(each -> used.put(each.meter, each));
        return new Taken(after.stream().map(each -> each.level(now)).toList());
    }

    @Override
    public synchronized void correct(List<Meter> meters, long amount, Instant now) {
        requireThere();
        for (Meter meter : meters) {
            if (amount > 0 || at(meter, now) != null) {
                used.put(meter, orNone(meter, now).plus(amount));
            }
        }
    }

    private Used orNone(Meter meter, Instant now) {
        return Objects.requireNonNullElseGet(at(meter, now), () -> Used.none(meter, now));
    }

    private @Nullable Used at(Meter meter, Instant now) {
        var found = used.get(meter);
        return found == null ? null : found.at(now);
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
