package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.adapters.redis.Head.Stretch;
import io.perpetua.adapters.redis.Hints.Hint;
import io.perpetua.adapters.redis.Hints.Spot;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/*
 * What may go follows from who shares it, which only a fork or another erasure changes: both count on the partition's
 * counter, and an erasure happens only if that stands where it stood.
 */
/** How conversations are erased. Safe for concurrent use. */
@Singleton
@Shared
final class Erasure {

    /** Fingerprints that are read at once. */
    private static final int STEP = 500;

    private static final Script FINGERPRINTS = Script.load("fingerprints.lua");

    private final Link link;
    private final Reading reading;
    private final Recent recent;
    private final Hints hints;
    private final Entries entries;
    private final RedisJournal journal;
    private final DocumentErasure documents;

    Erasure(
            Link link,
            Reading reading,
            Recent recent,
            Hints hints,
            Entries entries,
            RedisJournal journal,
            DocumentErasure documents) {
        this.link = link;
        this.reading = reading;
        this.recent = recent;
        this.hints = hints;
        this.entries = entries;
        this.journal = journal;
        this.documents = documents;
    }

    /** Erases a conversation. Returns whether there was one. */
    boolean erase(ConversationKey key) {
        return erase(key, Integer.MAX_VALUE);
    }

    /** Erases a conversation that was not added to in hour {@code before} or later. Returns whether there was one. */
    boolean erase(ConversationKey key, int before) {
        for (boolean tried = false; ; tried = true) {
            Stored stored = reading.head(key);
            if (stored == null && tried) {
                entries.doubt(); // this may have done it, and not come to know
            }
            if (stored == null || stored.ledger().hour() >= before) {
                return tried && stored == null;
            }
            documents.eraseOf(key); // first: who is told that the conversation is gone does not ask again
            if (erased(stored)) {
                journal.forgetName(key);
                return true;
            }
        }
    }

    /** The end of a branch that nobody else has on its path: what comes after turn {@code kept}. */
    private record Gone(Branch branch, int first, int kept, int last) {}

    private boolean erased(Stored stored) {
        var place = stored.place();
        byte[] counted = link.ask(
                commands -> commands.get(place.forked()).thenApply(found -> found == null ? new byte[0] : found));
        var commit = new Commit();
        commit.requireStart(stored.head().branch().alive(), place.head());
        commit.requireField(stored.ledger().packed(), place.ledger(), place.field());
        commit.require(counted, "GET", place.forked());
        for (byte[] whole : List.of(place.head(), place.anchors(), place.brief())) {
            commit.then("DEL", whole); // first, since a full server runs what begins by making room
        }
        commit.then("INCR", place.forked());
        commit.then(Commit.DELETE_EACH, place.answers(), place.answer());
        commit.then("HDEL", place.ledger(), place.field());
        commit.then("ZREM", place.listed(stored.head().key().scope()), Commit.ascii(place.token()));
        Counts.conversation(commit, place, stored.ledger(), -1);
        var gone = unshared(stored);
        var claims = new ArrayList<Claim>();
        var lost = new ArrayList<Hint>();
        for (Stretch stretch : stored.head().shared()) {
            commit.then("HDEL", stretch.branch().forks(place), Commit.ascii(place.token()));
        }
        for (Gone each : gone) {
            claims.add(claim(place, each, stored.head().key()));
            lost.addAll(hints(place, each));
            trim(commit, place, each);
        }
        for (Claim claim : claims) {
            commit.then("HSET", Claim.outbox(place.partition()), Commit.ascii(claim.field()), claim.packed());
        }
        if (!run(commit)) {
            return false;
        }
        recent.absent(stored.head().key());
        claims.forEach(entries::add);
        for (int from = 0; from < lost.size(); from += STEP) {
            hints.remove(lost.subList(from, Math.min(lost.size(), from + STEP)));
        }
        return true;
    }

    private boolean run(Commit commit) {
        try {
            return link.ask(commit::send).done();
        } catch (StoreUnavailable e) {
            entries.doubt(); // it may have happened all the same
            throw e;
        }
    }

    private static void trim(Commit commit, Place place, Gone gone) {
        byte[] turns = gone.branch.turns(place);
        if (gone.kept < gone.first) {
            commit.then("DEL", turns);
        } else {
            commit.then("LTRIM", turns, Commit.ascii(0), Commit.ascii(gone.kept - gone.first));
        }
    }

    private Claim claim(Place place, Gone gone, ConversationKey key) {
        return new Claim(
                place.partition(),
                entries.newField(),
                key.sibling(gone.branch.id()),
                gone.branch.incarnation(),
                gone.branch.alias(),
                gone.kept + 1,
                0,
                0,
                0);
    }

    private List<Gone> unshared(Stored stored) {
        var place = stored.place();
        List<Stretch> path = new ArrayList<>(stored.head().shared());
        path.add(new Stretch(stored.head().branch(), stored.head().first(), stored.turns()));
        var forks = link.askAll(path.stream()
                .<Link.Question<Map<byte[], byte[]>>>map(
                        stretch -> commands -> commands.hgetall(stretch.branch().forks(place)))
                .toList());
        var owners = link.askAll(path.stream()
                .<Link.Question<byte[]>>map(stretch -> commands ->
                        commands.getrange(place.beside(stretch.branch().token()).head(), 0, Head.INCARNATION - 1))
                .toList());
        var lengths = link.askAll(path.stream()
                .<Link.Question<Long>>map(
                        stretch -> commands -> commands.llen(stretch.branch().turns(place)))
                .toList());
        var gone = new ArrayList<Gone>();
        for (int i = 0; i < path.size(); i++) {
            Stretch stretch = path.get(i);
            boolean own = i == path.size() - 1;
            boolean owned =
                    !own && Commit.text(owners.get(i)).equals(stretch.branch().incarnation());
            int kept = stretch.first() - 1;
            for (var fork : forks.get(i).entrySet()) {
                if (!Commit.text(fork.getKey()).equals(place.token())) {
                    kept = Math.max(kept, Integer.parseInt(Commit.text(fork.getValue())));
                }
            }
            int last = stretch.first() - 1 + Math.toIntExact(lengths.get(i));
            if (!owned && kept < last) {
                gone.add(new Gone(stretch.branch(), stretch.first(), kept, last));
            }
        }
        return gone;
    }

    private List<Hint> hints(Place place, Gone gone) {
        var found = new ArrayList<Hint>();
        String branch = gone.branch.list();
        for (int number = gone.kept + 1; number <= gone.last; number += STEP) {
            int from = number - gone.first;
            int to = Math.min(gone.last, number + STEP - 1) - gone.first;
            byte[][] keys = {gone.branch.turns(place)};
            List<Object> some = link.ask(commands -> Link.run(
                    commands, FINGERPRINTS, ScriptOutputType.MULTI, keys, Commit.ascii(from), Commit.ascii(to)));
            for (int i = 0; i < some.size(); i++) {
                var spot = new Spot(place.partition(), branch, from + i, number + i);
                found.add(new Hint(Fingerprint.of(Reading.bytes(some, i)), spot));
            }
        }
        return found;
    }
}
