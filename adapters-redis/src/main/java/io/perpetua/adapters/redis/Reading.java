package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads conversations, each in one round trip unless it is a fork that was never met here. Safe for concurrent use. */
@Singleton
@Shared
final class Reading {

    /** Bytes of turns that one answer may have, and then as much as the turns it was about to add. */
    private static final int ENOUGH = 4 << 20;

    private static final Script SCRIPT = Script.load("read.lua");

    private final Link link;
    private final Homes homes;
    private final Recent recent;

    Reading(Link link, Homes homes, Recent recent) {
        this.link = link;
        this.homes = homes;
        this.recent = recent;
    }

    /**
     * A conversation with turns of it.
     *
     * @param brief its value, empty where there is none or it was not asked for
     * @param turns ascending
     * @param last what is known of the last of the turns that came first, or else of the conversation's last
     */
    @SuppressWarnings("ArrayRecordComponent") // never written to
    record Read(Stored stored, byte[] brief, List<Turn> turns, StoredTurn last) {}

    /** What is wanted beside the head. */
    private record Wish(boolean more, int tail, List<TurnRange> ranges) {}

    @Nullable
    Stored head(ConversationKey key) {
        Read read = read(key, new Wish(false, 0, List.of()));
        return read == null ? null : read.stored();
    }

    /** With its anchors and its brief. */
    @Nullable
    Read whole(ConversationKey key, int tail) {
        return read(key, new Wish(true, tail, List.of()));
    }

    /** With its anchors and its brief, and the turn {@code number} if there is one of that number. */
    @Nullable
    Read wholeAt(ConversationKey key, int number) {
        return read(key, new Wish(true, 0, number < 1 ? List.of() : List.of(new TurnRange(number, number))));
    }

    @Nullable
    Read turns(ConversationKey key, List<TurnRange> ranges) {
        return read(key, new Wish(false, 0, TurnRange.apart(ranges)));
    }

    private @Nullable Read read(ConversationKey key, Wish wish) {
        Place likely = homes.likely(key);
        List<Object> answer = link.ask(commands -> ask(commands, likely, wish));
        Place place = likely;
        if (answer.size() == 1 && likely.equals(Place.own(key)) && bytes(answer, 0).length > 0) {
            place = homes.seen(key, bytes(answer, 0));
            Place home = place;
            answer = link.ask(commands -> ask(commands, home, wish));
        }
        if (answer.size() == 1) {
            recent.absent(key);
            return null;
        }
        Stored stored = stored(place, answer, wish.more);
        if (!stored.head().key().equals(key)) {
            throw new IllegalStateException("two conversations have the place " + place);
        }
        recent.seen(stored);
        List<Object> some = list(answer, 5);
        StoredTurn last = some.isEmpty() ? stored.tip() : StoredTurn.header((byte[]) some.getLast());
        return new Read(stored, bytes(answer, 4), turns(stored, wish, some), last);
    }

    /** The turns that were wished for, of which {@code first} have come already: more are read where that is not all. */
    private List<Turn> turns(Stored stored, Wish wish, List<Object> first) {
        int last = stored.turns();
        var ranges = wish.tail > 0 && last > 0
                ? List.of(new TurnRange(Math.max(1, last - wish.tail + 1), last))
                : wish.ranges;
        List<TurnRange> left = new ArrayList<>();
        for (TurnRange range : ranges) {
            if (range.first() <= last) {
                left.add(new TurnRange(range.first(), Math.min(range.last(), last)));
            }
        }
        List<Turn> turns = new ArrayList<>();
        List<Object> some = first;
        while (true) {
            left = take(left, some, turns);
            if (left.isEmpty() || some.isEmpty()) {
                return turns;
            }
            var missing = new Wish(false, 0, left);
            List<Object> answer = link.ask(commands -> ask(commands, stored.place(), missing));
            if (answer.size() == 1 || !Head.of(bytes(answer, 0)).equals(stored.head())) {
                return List.of(); // erased meanwhile
            }
            some = list(answer, 5);
        }
    }

    /** Adds {@code some}, the first turns of {@code ranges}. Returns what is missing of those. */
    private static List<TurnRange> take(List<TurnRange> ranges, List<Object> some, List<Turn> turns) {
        List<TurnRange> missing = new ArrayList<>();
        int taken = 0;
        for (TurnRange range : ranges) {
            int number = range.first();
            for (; number <= range.last() && taken < some.size(); number++) {
                turns.add(StoredTurn.turn((byte[]) some.get(taken++), number));
            }
            if (number <= range.last()) {
                missing.add(new TurnRange(number, range.last()));
            }
        }
        return missing;
    }

    private static CompletionStage<List<Object>> ask(
            RedisClusterAsyncCommands<byte[], byte[]> commands, Place place, Wish wish) {
        List<byte[]> arguments = new ArrayList<>(List.of(
                place.field(),
                Commit.ascii(place.token()),
                Commit.ascii(Place.prefix(place.partition())),
                Commit.ascii(ENOUGH),
                Commit.ascii(wish.more ? 1 : 0)));
        if (wish.tail > 0) {
            arguments.add(Commit.ascii(-wish.tail));
            arguments.add(Commit.ascii(0));
        }
        for (TurnRange range : wish.ranges) {
            arguments.add(Commit.ascii(range.first()));
            arguments.add(Commit.ascii(range.last()));
        }
        byte[][] keys = {place.head(), place.ledger(), place.anchors(), place.brief(), place.pointers()};
        return Link.run(commands, SCRIPT, ScriptOutputType.MULTI, keys, arguments.toArray(byte[][]::new));
    }

    /** Heads that are known to be in their places, in this order; null for those that are not. */
    List<@Nullable Stored> heads(List<Place> places) {
        var wish = new Wish(false, 0, List.of());
        var answers = link.askAllPatiently(places.stream()
                .<Link.Question<List<Object>>>map(place -> commands -> ask(commands, place, wish))
                .toList());
        List<@Nullable Stored> heads = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            List<Object> answer = answers.get(i);
            heads.add(answer.size() == 1 ? null : stored(places.get(i), answer, false));
        }
        return heads;
    }

    private static Stored stored(Place place, List<Object> answer, boolean whole) {
        return new Stored(
                place,
                Head.of(bytes(answer, 0)),
                LedgerEntry.of(bytes(answer, 1)),
                StoredTurn.header(bytes(answer, 2)),
                whole ? Kept.of(bytes(answer, 3)) : null);
    }

    static byte[] bytes(List<Object> answer, int at) {
        return (byte[]) answer.get(at);
    }

    @SuppressWarnings("unchecked") // what the script answers
    private static List<Object> list(List<Object> answer, int at) {
        return (List<Object>) answer.get(at);
    }
}
