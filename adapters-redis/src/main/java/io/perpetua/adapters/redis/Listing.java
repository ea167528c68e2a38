package io.perpetua.adapters.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScoredValue;
import io.perpetua.application.conversation.Conversations.Page;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lists a scope's conversations: every partition tells its own, and they are merged. Safe for concurrent use. */
@Singleton
@Shared
final class Listing {

    /** How many may have grown in one microsecond of several instances and stand astride a page's end. */
    private static final int TIES = 16;

    private static final Comparator<Grown> LAST_FIRST = Comparator.comparingLong(Grown::at)
            .thenComparing(grown -> grown.place.token())
            .reversed();

    private final Link link;
    private final Reading reading;

    Listing(Link link, Reading reading) {
        this.link = link;
        this.reading = reading;
    }

    /** When a conversation grew last, in {@link Micros}. */
    private record Grown(long at, Place place) {

        String cursor() {
            return at + ":" + place.partition() + ":" + place.token();
        }

        static Grown of(String cursor) {
            String[] parts = cursor.split(":", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a cursor: " + cursor);
            }
            return new Grown(Long.parseLong(parts[0]), new Place(Integer.parseInt(parts[1]), parts[2]));
        }
    }

    /** As {@link io.perpetua.application.conversation.Conversations#list} has it. */
    Page list(Scope scope, @Nullable String cursor, int limit) {
        Grown after = cursor == null ? null : Grown.of(cursor);
        Range<Long> range = Range.from(
                Boundary.excluding(0L), // what has no place in the order of growth yet is below
                after == null ? Boundary.unbounded() : Boundary.including(after.at));
        byte[][] keys = IntStream.range(0, Place.PARTITIONS)
                .mapToObj(partition -> new Place(partition, "").listed(scope))
                .toArray(byte[][]::new);
        var answers = link.askAllPatiently(IntStream.range(0, Place.PARTITIONS)
                .<Link.Question<List<ScoredValue<byte[]>>>>mapToObj(partition -> commands ->
                        commands.zrevrangebyscoreWithScores(keys[partition], range, Limit.from(limit + 1L + TIES)))
                .toList());
        var grown = IntStream.range(0, Place.PARTITIONS)
                .boxed()
                .flatMap(partition -> answers.get(partition).stream()
                        .map(each ->
                                new Grown((long) each.getScore(), new Place(partition, Commit.text(each.getValue())))))
                .filter(each -> after == null || LAST_FIRST.compare(each, after) > 0)
                .sorted(LAST_FIRST)
                .limit(limit + 1L)
                .toList();
        var page = grown.subList(0, Math.min(limit, grown.size()));
        var conversations = reading.heads(page.stream().map(Grown::place).toList()).stream()
                .filter(Objects::nonNull)
                .map(Stored::conversation)
                .toList();
        return new Page(conversations, grown.size() > limit ? page.getLast().cursor() : null);
    }
}
