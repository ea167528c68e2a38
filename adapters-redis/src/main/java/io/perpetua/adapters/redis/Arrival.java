package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Branches.Found;
import io.perpetua.adapters.redis.Hints.Hint;
import io.perpetua.adapters.redis.Hints.Spot;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.transfer.ArchivedConversation;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Turns are put into their lists first, a few at a time, with the hints that lead to them: nobody sees them as long as no
 * head has them on its path. Then come all heads in one piece. What a broken arrival has left in a list is thrown away by
 * the next one.
 */
/** How conversations come in with their turns. Safe for concurrent use. */
@Singleton
@Shared
final class Arrival {

    /** Turns that are written at once. */
    private static final int STEP = 32;

    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final Homes homes;
    private final Branches branches;
    private final Staged staged;
    private final Hints hints;
    private final Entries entries;
    private final InstantSource clock;
    private final Micros micros;

    @Inject
    Arrival(Link link, Homes homes, Branches branches, Staged staged, Hints hints, Entries entries) {
        this(link, homes, branches, staged, hints, entries, InstantSource.system());
    }

    Arrival(
            Link link,
            Homes homes,
            Branches branches,
            Staged staged,
            Hints hints,
            Entries entries,
            InstantSource clock) {
        this.link = link;
        this.homes = homes;
        this.branches = branches;
        this.staged = staged;
        this.hints = hints;
        this.entries = entries;
        this.clock = clock;
        micros = new Micros(clock);
    }

    /** Sees to it that all conversations have their places in one partition. Returns one that cannot, or null. */
    @Nullable
    ConversationKey settle(List<ArchivedConversation> absent, Collection<Coming> coming) {
        var keys = absent.stream().map(each -> each.conversation().key()).toList();
        var places = homes.find(keys);
        int partition = partition(keys, places, coming);
        for (ConversationKey key : keys) {
            if (!homes.lead(key, Place.own(key).in(partition))) {
                return key;
            }
        }
        return null;
    }

    /** That of turns that are shared, of a conversation that was a fork once, or that of the first one's name. */
    private static int partition(List<ConversationKey> keys, List<Place> places, Collection<Coming> coming) {
        for (Coming each : coming) {
            if (each.used != null) {
                return each.used.through().place().partition();
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!places.get(i).equals(Place.own(keys.get(i)))) {
                return places.get(i).partition();
            }
        }
        return places.getFirst().partition();
    }

    /** Adds conversations that are settled, of one scope. Returns false when something has changed meanwhile. */
    boolean of(Scope scope, List<ArchivedConversation> absent, List<Coming> coming) {
        Place place = homes.likely(absent.getFirst().conversation().key());
        var commit = new Commit();
        Map<String, Coming> byName = new HashMap<>();
        var claims = new ArrayList<Claim>();
        for (Coming each : coming) {
            byName.put(each.name, each);
            if (each.reached() < each.last) {
                if (!write(scope, place, each, byName, claims)) {
                    return false;
                }
                commit.require(
                        length(each.last - each.first + 1),
                        "LLEN",
                        each.branch(scope).turns(place));
            }
            guard(commit, scope, place, each);
        }
        for (ArchivedConversation each : absent) {
            make(commit, scope, each, byName);
        }
        commit.then("INCR", place.forked());
        for (Claim claim : claims) {
            commit.then("HSET", Claim.outbox(place.partition()), Commit.ascii(claim.field()), claim.packed());
        }
        if (!run(commit)) {
            return false;
        }
        claims.forEach(entries::add);
        for (Coming each : coming) {
            for (List<Integer> numbers : each.steps(STEP)) {
                staged.remove(scope, each.name, notHeld(each, numbers));
            }
        }
        return true;
    }

    private static List<Integer> notHeld(Coming coming, List<Integer> numbers) {
        return numbers.stream()
                .filter(number -> !coming.held.containsKey(number))
                .toList();
    }

    private boolean run(Commit commit) {
        try {
            return link.askPatiently(commit::send).done();
        } catch (StoreUnavailable e) {
            entries.doubt(); // it may have happened all the same
            throw e;
        }
    }

    /** Nothing happens unless as much of the branch is on a path as was seen. */
    private static void guard(Commit commit, Scope scope, Place place, Coming coming) {
        Found found = coming.used;
        if (found != null) {
            commit.requireStart(
                    found.through().head().branch().alive(),
                    found.through().place().head());
        } else {
            Branch branch = coming.branch(scope);
            commit.require(length(0), "HLEN", branch.forks(place));
            if (!coming.writers.isEmpty()) {
                commit.requireAbsent(place.beside(branch.token()).head());
            }
        }
    }

    /** Writes the turns that are on no path yet into the branch's list, and adds what the index is owed to {@code claims}. */
    private boolean write(Scope scope, Place place, Coming coming, Map<String, Coming> known, List<Claim> claims) {
        Branch branch = coming.branch(scope);
        byte[] list = branch.turns(place);
        if (!clear(scope, place, coming)) {
            return false;
        }
        if (coming.used == null && (branch.alias() != null || coming.writers.isEmpty())) {
            branches.note(scope, branch, place.partition());
        }
        long total = totalBefore(scope, place, coming, known);
        for (List<Integer> numbers : coming.steps(STEP)) {
            var packed = packed(scope, coming, numbers);
            if (packed.size() < numbers.size()) {
                return false;
            }
            int at = numbers.getFirst() - coming.first;
            var commit = new Commit();
            guard(commit, scope, place, coming);
            commit.require(length(at), "LLEN", list);
            var found = new ArrayList<Hint>();
            long bytes = 0;
            var turns = new ArrayList<byte[]>();
            for (int i = 0; i < numbers.size(); i++) {
                var header = StoredTurn.header(packed.get(i));
                total += header.tokens();
                turns.add(StoredTurn.with(packed.get(i), total));
                bytes += packed.get(i).length;
                found.add(new Hint(
                        header.fingerprint(), new Spot(place.partition(), branch.list(), at + i, numbers.get(i))));
            }
            commit.each("RPUSH", list, turns);
            if (!link.askPatiently(commit::send).done()) {
                return false;
            }
            hints.write(found);
            claim(scope, place, branch, coming, numbers, bytes, claims);
        }
        return true;
    }

    /** Throws away what a broken arrival has left. */
    private boolean clear(Scope scope, Place place, Coming coming) {
        byte[] list = coming.branch(scope).turns(place);
        int kept = coming.reached() - coming.first + 1;
        long there = link.<Long>ask(commands -> commands.llen(list));
        if (there == kept) {
            return true;
        }
        var commit = new Commit();
        guard(commit, scope, place, coming);
        commit.require(length(there), "LLEN", list);
        if (kept == 0) {
            commit.then("DEL", list);
        } else {
            commit.then("LTRIM", list, Commit.ascii(0), Commit.ascii(kept - 1));
        }
        return link.askPatiently(commit::send).done();
    }

    private long totalBefore(Scope scope, Place place, Coming coming, Map<String, Coming> known) {
        int number = coming.reached();
        Coming from = number >= coming.first ? coming : known.get(String.valueOf(coming.before));
        if (number < 1 || from == null) {
            return 0;
        }
        byte[] list = from.branch(scope).turns(place);
        int at = number - from.first;
        return StoredTurn.header(link.<byte[]>ask(commands -> commands.lindex(list, at)))
                .total();
    }

    /** Turns without their sums; fewer where some are gone. */
    private List<byte[]> packed(Scope scope, Coming coming, List<Integer> numbers) {
        var found = staged.find(scope, coming.name, notHeld(coming, numbers));
        var packed = new ArrayList<byte[]>();
        for (Integer number : numbers) {
            byte[] turn = coming.held.containsKey(number) ? coming.held.get(number) : found.get(number);
            if (turn != null) {
                packed.add(turn);
            }
        }
        return packed;
    }

    private void claim(
            Scope scope,
            Place place,
            Branch branch,
            Coming coming,
            List<Integer> numbers,
            long bytes,
            List<Claim> claims) {
        claims.add(new Claim(
                place.partition(),
                entries.newField(),
                new ConversationKey(scope, branch.id()),
                branch.incarnation(),
                branch.alias(),
                numbers.getFirst(),
                numbers.getLast(),
                numbers.getFirst() - coming.first,
                bytes));
    }

    private void make(Commit commit, Scope scope, ArchivedConversation archived, Map<String, Coming> branches) {
        Conversation conversation = archived.conversation();
        Place place = homes.likely(conversation.key());
        var own = conversation.path().getLast();
        Branch branch = requireNonNull(branches.get(own.branch())).branch(scope);
        var shared = new ArrayList<Head.Stretch>();
        for (var segment : conversation.path().subList(0, conversation.path().size() - 1)) {
            Branch other = requireNonNull(branches.get(segment.branch())).branch(scope);
            shared.add(new Head.Stretch(other, segment.first(), segment.last()));
            commit.then("HSET", other.forks(place), Commit.ascii(place.token()), Commit.ascii(segment.last()));
        }
        var head = new Head(
                conversation.key(),
                branch.incarnation(),
                branch.alias(),
                own.first(),
                shared,
                conversation.user(),
                conversation.forkedFrom(),
                Micros.instant(Micros.of(conversation.createdAt())));
        var ledger = new LedgerEntry(
                conversation.turns(), conversation.tokens(), conversation.mode(), LedgerEntry.hour(clock.instant()));
        commit.requireAbsent(place.head());
        if (place.equals(Place.own(conversation.key()))) {
            commit.requireField(NOTHING, place.pointers(), place.field());
        }
        commit.then("SET", place.head(), head.packed())
                .then("HSET", place.ledger(), place.field(), ledger.packed())
                .then("ZADD", place.listed(scope), Commit.ascii(-micros.next()), Commit.ascii(place.token()));
        if (!archived.anchors().isEmpty()) {
            commit.then("SET", place.anchors(), Kept.fresh(archived.anchors()).packed());
        }
        if (archived.brief() != null) {
            commit.then("SET", place.brief(), RedisBriefs.packed(archived.brief()));
        }
        Counts.conversation(commit, place, ledger, 1);
    }

    private static byte[] length(long length) {
        return Commit.ascii(length);
    }
}
