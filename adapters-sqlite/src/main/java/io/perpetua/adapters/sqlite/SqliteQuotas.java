package io.perpetua.adapters.sqlite;

import io.perpetua.application.access.Meter;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Quotas.Taking.Taken;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What has been used of limits, in SQLite: everything that is taken at once is taken in one transaction. */
@Singleton
@Embedded
final class SqliteQuotas implements Quotas {

    /** Most meters that one writing clears away which nobody uses any more, so that none takes long. */
    private static final int MOST_CLEARED = 16;

    static final String OF = "SELECT start, bucket FROM meter WHERE name = ? AND most = ? AND span = ? AND until > ?";
    static final String OVER = "SELECT pk FROM meter WHERE until <= ? ORDER BY until LIMIT ?";
    private static final String KEEP = """
            INSERT INTO meter (name, most, span, start, until, bucket) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (name, most, span) DO UPDATE SET start = excluded.start, until = excluded.until,
              bucket = excluded.bucket
            """;

    private final Database database;

    SqliteQuotas(Database database) {
        this.database = database;
    }

    @Override
    public Taking take(List<Meter> meters, long amount, Instant now) {
        if (amount < 1) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
        return meters.isEmpty() ? new Taken(List.of()) : database.write(session -> taken(session, meters, amount, now));
    }

    private static Taking taken(Session session, List<Meter> meters, long amount, Instant now) throws SQLException {
        List<MeterBucket> buckets = new ArrayList<>();
        for (Meter meter : meters) {
            MeterBucket used = used(session, meter, now);
            buckets.add(used == null ? MeterBucket.unused(meter, now) : used);
        }
        var last = buckets.stream()
                .filter(bucket -> !bucket.has(amount))
                .max(Comparator.<MeterBucket, Boolean>comparing(bucket -> bucket.never(amount))
                        .thenComparing(bucket -> bucket.refused(amount).retryAfter()));
        if (last.isPresent()) {
            return last.get().refused(amount);
        }
        for (MeterBucket bucket : buckets) {
            bucket.take(amount);
            keep(session, bucket);
        }
        clear(session, now);
        return new Taken(buckets.stream().map(MeterBucket::level).toList());
    }

    @Override
    public void correct(List<Meter> meters, long amount, Instant now) {
        if (amount == 0 || meters.isEmpty()) {
            return;
        }
        database.write(session -> {
            for (Meter meter : meters) {
                correct(session, meter, amount, now);
            }
            clear(session, now);
            return meters.size();
        });
    }

    private static void correct(Session session, Meter meter, long amount, Instant now) throws SQLException {
        MeterBucket used = used(session, meter, now);
        if (amount > 0) {
            var bucket = used == null ? MeterBucket.unused(meter, now) : used;
            bucket.take(amount);
            keep(session, bucket);
        } else if (used != null) {
            used.giveBack(-amount);
            keep(session, used);
        }
    }

    /** The meter as it stands; null when nothing of its window is used. */
    private static @Nullable MeterBucket used(Session session, Meter meter, Instant now) throws SQLException {
        return session.first(
                OF,
                row -> MeterBucket.used(meter, row.getLong(1), row.getBytes(2), now),
                meter.name(),
                meter.most(),
                span(meter),
                Instants.micros(now));
    }

    private static void keep(Session session, MeterBucket bucket) throws SQLException {
        var meter = bucket.meter();
        session.update(KEEP, meter.name(), meter.most(), span(meter), bucket.start(), bucket.until(), bucket.bytes());
    }

    private static void clear(Session session, Instant now) throws SQLException {
        session.update("DELETE FROM meter WHERE pk IN (" + OVER + ")", Instants.micros(now), MOST_CLEARED);
    }

    private static String span(Meter meter) {
        return meter.window().name().toLowerCase(Locale.ROOT);
    }
}
