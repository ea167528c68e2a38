package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.perpetua.adapters.redis.Commit.Result;
import io.perpetua.adapters.redis.Growing.Written;
import io.perpetua.adapters.redis.Reading.Read;
import io.perpetua.adapters.redis.Recent.Sight;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.mode.Mode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * What is written follows from what was seen last of the conversation, and is written only if that holds still: one round
 * trip. Whoever was overtaken looks again. Those who add to one conversation here do so one after the other, so that they
 * do not overtake each other; with another instance one of the two always gets ahead.
 */
/** How conversations are made, branch off and grow. Safe for concurrent use. */
@Singleton
@Shared
final class Growth {

    private static final int LOCKS = 256;
    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final Homes homes;
    private final Reading reading;
    private final Recent recent;
    private final Hints hints;
    private final Entries entries;
    private final InstantSource clock;
    private final Micros micros;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    @Inject
    Growth(Link link, Homes homes, Reading reading, Recent recent, Hints hints, Entries entries) {
        this(link, homes, reading, recent, hints, entries, InstantSource.system());
    }

    Growth(Link link, Homes homes, Reading reading, Recent recent, Hints hints, Entries entries, InstantSource clock) {
        this.link = link;
        this.homes = homes;
        this.reading = reading;
        this.recent = recent;
        this.hints = hints;
        this.entries = entries;
        this.clock = clock;
        micros = new Micros(clock);
    }

    Outcome append(Append append) {
        var lock = locks.get(Math.floorMod(append.key().hashCode(), LOCKS));
        lock.lock();
        try {
            return appended(append);
        } finally {
            lock.unlock();
        }
    }

    private Outcome appended(Append append) {
        var key = append.key();
        Sight sight = recent.of(key);
        if (sight == null && append.expectedTurns() == 0) {
            sight = Sight.OF_NONE;
        }
        var attempt = new Attempt(append);
        while (true) {
            boolean fresh = sight == null;
            if (sight == null) {
                sight = new Sight(reading.head(key));
            }
            var outcome = attempt.with(sight.stored(), fresh);
            if (outcome != null) {
                return outcome;
            }
            sight = null;
        }
    }

    /** One append until something has come of it. */
    private final class Attempt {

        private final Append append;
        private final ConversationKey key;

        Attempt(Append append) {
            this.append = append;
            key = append.key();
        }

        /**
         * Appends to the conversation as it was seen.
         *
         * @param fresh whether it was seen just now
         * @return null when it is to be seen again
         */
        @Nullable
        Outcome with(@Nullable Stored stored, boolean fresh) {
            int turns = stored == null ? 0 : stored.turns();
            if (append.expectedTurns() != Append.WHATEVER && append.expectedTurns() != turns) {
                return fresh ? otherwise(stored) : null;
            }
            var commit = new Commit();
            Growing growing;
            if (stored != null) {
                growing = growing(commit, stored);
            } else if (append.from() == null) {
                growing = alone(commit);
            } else {
                growing = forked(commit, append.from());
                if (growing == null) {
                    return fresh ? otherwise(null) : null;
                }
            }
            return growing == null ? null : commit(commit, growing);
        }

        /** It was made before, or cannot be made. */
        private Outcome otherwise(@Nullable Stored stored) {
            var place = stored == null ? homes.likely(key) : stored.place();
            var done = Requests.done(link, place, append.request(), clock.instant());
            if (done == null) {
                return new Outcome.Moved(stored == null ? null : stored.conversation());
            }
            entries.doubt(); // who made it did not come to know, nor of its entries
            return stored == null ? new Outcome.Erased() : new Outcome.Appended(stored.conversation(), done);
        }

        private @Nullable Growing growing(Commit commit, Stored seen) {
            Stored stored = seen;
            Kept kept = stored.anchors();
            if (kept == null && detectsAnything()) {
                Read read = reading.whole(key, 0);
                if (read == null
                        || !read.stored().head().equals(seen.head())
                        || read.stored().turns() != seen.turns()) {
                    return null;
                }
                stored = read.stored();
                kept = requireNonNull(stored.anchors());
            }
            var place = stored.place();
            commit.requireStart(stored.head().branch().alive(), place.head());
            commit.requireField(stored.ledger().packed(), place.ledger(), place.field());
            if (detectsAnything()) {
                commit.requireStart(requireNonNull(kept).stamp(), place.anchors());
            }
            return new Growing(
                    place,
                    stored.head(),
                    false,
                    stored.turns(),
                    stored.ledger().tokens(),
                    stored.tip().fingerprint(),
                    kept,
                    stored.ledger().mode());
        }

        private boolean detectsAnything() {
            return append.turns().stream().anyMatch(turn -> !turn.anchors().isEmpty());
        }

        private Growing alone(Commit commit) {
            var place = homes.likely(key);
            var head = head(1, List.of());
            make(commit, place, head);
            return new Growing(
                    place, head, true, 0, 0, Fingerprint.root(key.scope(), append.user()), Kept.NONE, Mode.FULL);
        }

        private Head head(int first, List<Head.Stretch> shared) {
            Instant at = append.turns().getFirst().at();
            return new Head(
                    key,
                    Head.newIncarnation(),
                    null,
                    first,
                    shared,
                    append.user(),
                    append.from() == null ? null : append.from().source().id(),
                    Micros.instant(Micros.of(at)));
        }

        private void make(Commit commit, Place place, Head head) {
            commit.requireAbsent(place.head());
            if (place.equals(Place.own(key))) {
                commit.requireField(NOTHING, place.pointers(), place.field());
            }
            commit.then("SET", place.head(), head.packed());
        }

        /** Null when there is nothing to share, or the conversation cannot be where what it shares is. */
        private @Nullable Growing forked(Commit commit, Fork from) {
            Read read = reading.wholeAt(from.source(), from.turns());
            if (read == null || read.stored().turns() < from.turns()) {
                return null;
            }
            Stored source = read.stored();
            var place = Place.own(key).in(source.place().partition());
            if (!homes.likely(key).equals(place) && !homes.lead(key, place)) {
                return null;
            }
            int shared = from.turns();
            var head = head(shared + 1, source.head().stretches(shared));
            make(commit, place, head);
            commit.requireStart(source.head().branch().alive(), source.place().head());
            commit.then("INCR", place.forked());
            for (var stretch : head.shared()) {
                commit.then(
                        "HSET",
                        stretch.branch().forks(place),
                        Commit.ascii(place.token()),
                        Commit.ascii(stretch.last()));
            }
            if (read.brief().length > 0 && RedisBriefs.brief(read.brief()).coversThrough() <= shared) {
                commit.then("SET", place.brief(), read.brief());
            }
            var kept = KeptAnchors.shared(requireNonNull(source.anchors()).anchors(), shared);
            return new Growing(
                    place,
                    head,
                    true,
                    shared,
                    shared == 0 ? 0 : read.last().total(),
                    shared == 0
                            ? Fingerprint.root(key.scope(), append.user())
                            : read.last().fingerprint(),
                    kept.isEmpty() ? Kept.NONE : Kept.fresh(kept),
                    source.ledger().mode());
        }

        private @Nullable Outcome commit(Commit commit, Growing growing) {
            Instant now = clock.instant();
            int before = commit.conditions();
            int lastCondition = Requests.requireNew(commit, growing.place(), append.request(), now);
            Written written = growing.write(commit, append, now, micros.next(), entries::newField);
            Requests.note(commit, growing.place(), append.request(), now, written.range());
            Result result = send(commit, written);
            if (result.done()) {
                recent.seen(written.after());
                written.claims().forEach(entries::add);
                return new Outcome.Appended(written.after().conversation(), written.range());
            }
            if (result.failed() > before && result.failed() <= lastCondition) {
                return done(result.found());
            }
            return null;
        }

        private Outcome done(byte[] range) {
            entries.doubt(); // who made it did not come to know, nor of its entries
            Stored stored = reading.head(key);
            return stored == null
                    ? new Outcome.Erased()
                    : new Outcome.Appended(stored.conversation(), Requests.range(range));
        }
    }

    private Result send(Commit commit, Written written) {
        try {
            return link.ask(commands -> commit.send(commands)
                    .thenCombine(hints.send(commands, written.hints()), (result, hinted) -> result));
        } catch (StoreUnavailable e) {
            entries.doubt(); // it may have been written all the same
            throw e;
        }
    }
}
