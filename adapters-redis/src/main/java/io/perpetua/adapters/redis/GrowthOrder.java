package io.perpetua.adapters.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.transfer.Archive.Page;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * Every partition tells its next few, and what is certain to come before what they have not told is merged. A conversation
 * that came from another store has a place below 0 until it is given one.
 */
/** In which order conversations grew, and how those get their places that came from another store. Safe for concurrent use. */
@Singleton
@Shared
final class GrowthOrder {

    /** So many of each partition that nearly always several hundred of all can be merged. */
    private static final int FEW = 8;

    private static final Script GREW = Script.load("grew.lua");
    private static final Comparator<Grown> FIRST_FIRST =
            Comparator.comparingLong(Grown::at).thenComparing(grown -> grown.place.token());

    private final Link link;
    private final Homes homes;
    private final Reading reading;
    private final Families families;
    private final Micros micros;
    private @Nullable List<Scope> scopes;

    @Inject
    GrowthOrder(Link link, Homes homes, Reading reading, Families families) {
        this(link, homes, reading, families, InstantSource.system());
    }

    GrowthOrder(Link link, Homes homes, Reading reading, Families families, InstantSource clock) {
        this.link = link;
        this.homes = homes;
        this.reading = reading;
        this.families = families;
        micros = new Micros(clock);
    }

    private record Grown(long at, Place place) {}

    /** What comes next of a scope, and whether that is all. */
    private record Next(List<Grown> grown, boolean last) {}

    /** As {@link io.perpetua.application.transfer.Archive#grown} has it. */
    synchronized Page page(@Nullable String cursor, int limit) {
        if (cursor == null || scopes == null) {
            scopes = families.scopes();
        }
        @Nullable Scope from = null;
        @Nullable Grown after = null;
        if (cursor != null) {
            var fields = Fields.split(cursor).stream().map(String::valueOf).toList();
            from = new Scope(fields.get(0), fields.get(1));
            after = new Grown(Long.parseLong(fields.get(2)), new Place(Integer.parseInt(fields.get(3)), fields.get(4)));
        }
        var names = new ArrayList<ConversationKey>();
        for (Scope scope : scopes) {
            if (from != null && !scope.equals(from)) {
                continue;
            }
            from = null;
            while (true) {
                Next next = next(scope, after, limit - names.size());
                names.addAll(names(next.grown));
                if (!next.grown.isEmpty()) {
                    after = next.grown.getLast();
                }
                if (names.size() >= limit && after != null) {
                    return new Page(names, cursor(scope, after));
                }
                if (next.last) {
                    break;
                }
            }
            after = null;
        }
        return new Page(names, null);
    }

    private static String cursor(Scope scope, Grown grown) {
        return Fields.join(List.of(
                scope.tenant(),
                scope.namespace(),
                Long.toString(grown.at),
                Integer.toString(grown.place.partition()),
                grown.place.token()));
    }

    private Next next(Scope scope, @Nullable Grown after, int limit) {
        Range<Long> range =
                Range.from(after == null ? Boundary.excluding(0L) : Boundary.including(after.at), Boundary.unbounded());
        var answers = link.askAllPatiently(IntStream.range(0, Place.PARTITIONS)
                .<Link.Question<List<ScoredValue<byte[]>>>>mapToObj(
                        partition -> commands -> commands.zrangebyscoreWithScores(
                                new Place(partition, "").listed(scope), range, Limit.from(FEW)))
                .toList());
        var grown = new ArrayList<Grown>();
        @Nullable Grown certain = null;
        for (int partition = 0; partition < answers.size(); partition++) {
            var some = new ArrayList<Grown>();
            for (ScoredValue<byte[]> each : answers.get(partition)) {
                some.add(new Grown((long) each.getScore(), new Place(partition, Commit.text(each.getValue()))));
            }
            if (some.size() == FEW && (certain == null || FIRST_FIRST.compare(some.getLast(), certain) < 0)) {
                certain = some.getLast();
            }
            grown.addAll(some);
        }
        Grown bound = certain;
        var ordered = grown.stream()
                .filter(each -> after == null || FIRST_FIRST.compare(each, after) > 0)
                .filter(each -> bound == null || FIRST_FIRST.compare(each, bound) <= 0)
                .sorted(FIRST_FIRST)
                .toList();
        var some = ordered.subList(0, Math.min(limit, ordered.size()));
        return new Next(some, some.isEmpty() || (bound == null && some.size() == ordered.size()));
    }

    private List<ConversationKey> names(List<Grown> grown) {
        return reading.heads(grown.stream().map(Grown::place).toList()).stream()
                .filter(Objects::nonNull)
                .map(stored -> stored.head().key())
                .toList();
    }

    /** As {@link io.perpetua.application.transfer.Archive#grew} has it. */
    void grew(List<ConversationKey> conversations) {
        var places = homes.find(conversations);
        link.askAllPatiently(IntStream.range(0, places.size())
                .<Link.Question<Long>>mapToObj(i -> {
                    byte[][] keys = {places.get(i).listed(conversations.get(i).scope())};
                    byte[] token = Commit.ascii(places.get(i).token());
                    byte[] at = Commit.ascii(micros.next());
                    return commands -> Link.run(commands, GREW, ScriptOutputType.INTEGER, keys, token, at);
                })
                .toList());
    }
}
