package io.perpetua.adapters.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.RowFields;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.journal.JournalRow;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A tenant's rows of one day are two keys of one slot: the rows by their ids, and the ids by their times. So a page reads
 * few days, and a day that is old goes as a whole. Of each conversation the ids are kept beside, so that its rows are found
 * when it is looked at or erased.
 */
/** The journal in Redis, by tenants and days. A cursor is the time and id of the last row that was given. */
@Singleton
@Shared
final class RedisJournal implements Journal {

    private static final int SOME = 500;
    private static final long DAY_MILLIS = 86_400_000;

    /** As far as a score tells milliseconds apart, and farther than any turn is away. */
    private static final long FAR = 1L << 50;

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})-([0-9A-Za-z-]{1,100})");
    private static final Comparator<Spot> LATEST_FIRST =
            Comparator.comparingLong(Spot::millis).thenComparing(Spot::id).reversed();

    private final Link link;

    RedisJournal(Link link) {
        this.link = link;
    }

    /** Where a row is. */
    private record Spot(Day day, String id, long millis) {}

    /** A tenant's day. */
    private record Day(String tenant, long day) {

        static Day of(String tenant, Instant at) {
            return new Day(tenant, dayOf(at));
        }

        private byte[] key(String rest) {
            return Names.bytes("perpetua:{j" + Names.digest(tenant) + day + "}:" + rest);
        }

        byte[] times() {
            return key("at");
        }

        byte[] rows() {
            return key("rows");
        }
    }

    private static long dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }

    /** The days of which there is something. */
    private static final byte[] DAYS = Names.bytes("perpetua:journal:days");

    /** The tenants of a day. */
    private static byte[] tenants(long day) {
        return Names.bytes("perpetua:journal:" + day);
    }

    private static byte[] ids(Scope scope, String conversation) {
        var place = Place.own(new ConversationKey(scope, conversation));
        return place.key("j:" + place.token());
    }

    @Override
    public void add(List<JournalRow> rows) {
        var questions = new ArrayList<Link.Question<Object>>();
        for (JournalRow row : rows) {
            var day = Day.of(row.tenant(), row.at());
            byte[] id = Names.bytes(row.id());
            double at = row.at().toEpochMilli();
            questions.add(commands -> commands.hset(day.rows(), id, packed(row)).thenApply(Object.class::cast));
            questions.add(commands -> commands.zadd(day.times(), at, id).thenApply(Object.class::cast));
            questions.add(commands ->
                    commands.sadd(tenants(day.day()), Names.bytes(day.tenant())).thenApply(Object.class::cast));
            questions.add(commands -> commands.zadd(DAYS, (double) day.day(), Names.bytes(day.day()))
                    .thenApply(Object.class::cast));
            if (row.conversation() != null) {
                byte[] ids = ids(new Scope(row.tenant(), row.namespace()), row.conversation());
                questions.add(commands -> commands.zadd(ids, at, id).thenApply(Object.class::cast));
            }
        }
        for (int from = 0; from < questions.size(); from += SOME) {
            link.askAllPatiently(questions.subList(from, Math.min(questions.size(), from + SOME)));
        }
    }

    @Override
    public Page page(Selection selection, @Nullable String cursor, int limit) {
        var found = new ArrayList<JournalRow>();
        var after = cursor == null ? null : spot(cursor);
        Spot last = after;
        while (found.size() <= limit) {
            var some = spots(selection, last, SOME);
            for (Found each : rows(some)) {
                if (selection.includes(each.row()) && found.size() <= limit) {
                    found.add(each.row());
                }
            }
            if (some.size() < SOME) {
                break;
            }
            last = some.getLast();
        }
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? cursor(page.getLast()) : null);
    }

    private static String cursor(JournalRow row) {
        return row.at().toEpochMilli() + "-" + row.id();
    }

    private static Spot spot(String cursor) {
        var match = CURSOR.matcher(cursor);
        if (!match.matches()) {
            throw new IllegalArgumentException("no cursor: " + cursor);
        }
        long millis = Long.parseLong(match.group(1));
        return new Spot(new Day("", dayOf(Instant.ofEpochMilli(millis))), match.group(2), millis);
    }

    @Override
    public void each(Selection selection, Consumer<JournalRow> rows) {
        @Nullable Spot last = null;
        do {
            var some = spots(selection, last, SOME);
            for (Found each : rows(some)) {
                if (selection.includes(each.row())) {
                    rows.accept(each.row());
                }
            }
            last = some.size() < SOME ? null : some.getLast();
        } while (last != null);
    }

    /** Where the next rows are, the latest first; fewer than {@code limit} only at the end. */
    private List<Spot> spots(Selection selection, @Nullable Spot after, int limit) {
        long from = millis(selection.from());
        long to = Math.min(millis(selection.to()) - 1, after == null ? Long.MAX_VALUE : after.millis());
        var tenant = selection.tenant();
        if (tenant != null && selection.namespace() != null && selection.conversation() != null) {
            byte[] ids = ids(new Scope(tenant, selection.namespace()), selection.conversation());
            return latest(ids, from, to, after, limit).stream()
                    .map(each ->
                            new Spot(Day.of(tenant, Instant.ofEpochMilli(each.millis())), each.id(), each.millis()))
                    .toList();
        }
        var found = new ArrayList<Spot>();
        for (long day : days(from, to)) {
            var inDay = new ArrayList<Spot>();
            for (String each : tenant == null ? tenantsOf(day) : List.of(tenant)) {
                inDay.addAll(latest(new Day(each, day), from, to, after, limit));
            }
            inDay.sort(LATEST_FIRST);
            found.addAll(inDay.subList(0, Math.min(inDay.size(), limit - found.size())));
            if (found.size() == limit) {
                break;
            }
        }
        return found;
    }

    private List<Spot> latest(Day day, long from, long to, @Nullable Spot after, int limit) {
        return latest(day.times(), from, to, after, limit).stream()
                .map(each -> new Spot(day, each.id(), each.millis()))
                .toList();
    }

    private record Timed(String id, long millis) {}

    /** The ids before {@code after}, the latest first. Those of its very millisecond are read with it and left out again. */
    private List<Timed> latest(byte[] key, long from, long to, @Nullable Spot after, int limit) {
        var found = new ArrayList<Timed>();
        var range = Range.create((double) from, (double) to);
        for (int offset = 0; found.size() < limit; ) {
            int skipped = offset;
            var some = link.askPatiently(
                    commands -> commands.zrevrangebyscoreWithScores(key, range, Limit.create(skipped, limit)));
            for (var each : some) {
                var timed = new Timed(Commit.text(each.getValue()), (long) each.getScore());
                boolean earlier = after == null
                        || timed.millis() < after.millis()
                        || timed.id().compareTo(after.id()) < 0;
                if (earlier && found.size() < limit) {
                    found.add(timed);
                }
            }
            if (some.size() < limit) {
                break;
            }
            offset += some.size();
        }
        return found;
    }

    private List<Long> days(long from, long to) {
        var range = Range.create((double) Math.floorDiv(from, DAY_MILLIS), (double) Math.floorDiv(to, DAY_MILLIS));
        return link.askPatiently(commands -> commands.zrevrangebyscore(DAYS, range)).stream()
                .map(day -> Long.valueOf(Commit.text(day)))
                .toList();
    }

    private List<String> tenantsOf(long day) {
        return link.askPatiently(commands -> commands.smembers(tenants(day))).stream()
                .map(Commit::text)
                .sorted()
                .toList();
    }

    private record Found(Spot spot, JournalRow row) {}

    private List<Found> rows(List<Spot> spots) {
        var packed = link.askAllPatiently(spots.stream()
                .<Link.Question<byte[]>>map(
                        spot -> commands -> commands.hget(spot.day().rows(), Names.bytes(spot.id()))
                                .thenApply(row -> row == null ? new byte[0] : row))
                .toList());
        var found = new ArrayList<Found>();
        for (int i = 0; i < spots.size(); i++) {
            if (packed.get(i).length > 0) {
                found.add(new Found(spots.get(i), row(spots.get(i), packed.get(i))));
            }
        }
        return found;
    }

    @Override
    public int forget(Instant before) {
        long limit = millis(before);
        int forgotten = 0;
        for (long day : days(-FAR, limit).reversed()) {
            for (String tenant : tenantsOf(day)) {
                forgotten += forget(new Day(tenant, day), limit);
            }
            if (day < Math.floorDiv(limit, DAY_MILLIS)) {
                link.askPatiently(commands -> commands.del(tenants(day)));
                link.askPatiently(commands -> commands.zrem(DAYS, Names.bytes(day)));
            }
            if (forgotten > 0) {
                return forgotten;
            }
        }
        return forgotten;
    }

    private int forget(Day day, long before) {
        var old = link.askPatiently(commands -> commands.zrangebyscore(
                day.times(), Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding((double) before))));
        if (!old.isEmpty()) {
            byte[][] ids = old.toArray(byte[][]::new);
            link.askPatiently(commands -> commands.hdel(day.rows(), ids));
            link.askPatiently(commands -> commands.zrem(day.times(), ids));
        }
        return old.size();
    }

    /** The rows of a conversation that is erased stay, without its name. */
    void forgetName(ConversationKey key) {
        byte[] ids = ids(key.scope(), key.id());
        var selection = new Selection(
                key.scope().tenant(), Instant.EPOCH, Instant.MAX, key.scope().namespace(), key.id());
        @Nullable Spot last = null;
        do {
            var some = spots(selection, last, SOME);
            var found = rows(some).stream()
                    .filter(each -> selection.includes(each.row()))
                    .toList();
            link.askAllPatiently(found.stream()
                    .<Link.Question<Boolean>>map(each -> commands -> commands.hset(
                            each.spot().day().rows(),
                            Names.bytes(each.row().id()),
                            packed(each.row().ofNoConversation())))
                    .toList());
            last = some.size() < SOME ? null : some.getLast();
        } while (last != null);
        link.askPatiently(commands -> commands.del(ids));
    }

    private static byte[] packed(JournalRow row) {
        return new Packer()
                .text(row.namespace())
                .orNull(row.conversation())
                .text(Fields.join(RowFields.of(row)))
                .packed();
    }

    private static JournalRow row(Spot spot, byte[] packed) {
        var in = new Unpacker(packed, 0);
        String namespace = in.text();
        String conversation = in.orNull();
        return RowFields.row(
                Instant.ofEpochMilli(spot.millis()),
                spot.day().tenant(),
                namespace,
                conversation,
                Fields.split(in.text()).stream().map(Objects::requireNonNull).toList());
    }

    /** What is farther away than a score can say is as far as that can. */
    private static long millis(Instant at) {
        try {
            return Math.clamp(at.toEpochMilli(), -FAR, FAR);
        } catch (ArithmeticException e) {
            return at.isBefore(Instant.EPOCH) ? -FAR : FAR;
        }
    }
}
