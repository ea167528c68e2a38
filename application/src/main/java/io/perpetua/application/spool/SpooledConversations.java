package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Past;
import io.perpetua.application.spool.Spool.Line;
import io.perpetua.application.spool.Views.View;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * An append whose outcome is unknown waits in the spool as it is, and is sent again under the same name, so that it is made
 * once whether it had reached the store or not. While something of a conversation waits, everything that comes after it
 * waits behind it. Nothing waits that the store has refused, or that it has no room for: that it has told.
 *
 * Appends of one conversation are put into the spool one after the other, so that each is judged by the view that the one
 * before has left. Those on their way to the store exclude nobody: their order was never promised.
 */
/**
 * The record of a store that may be away. Then turns are acknowledged once they are in the spool, a conversation's past is
 * what is known of it here, and everything else throws {@link StoreUnavailable}; so does whatever would tell less than was
 * acknowledged while a conversation's turns wait. Safe for concurrent use.
 *
 * <p>What is told of turns that wait is provisional: their numbers, and of a conversation that was not known here all
 * but its name.
 */
final class SpooledConversations implements Conversations {

    private static final int STRIPES = 64;

    /** How long the past of a conversation waits for turns that are just being written, where it is not known otherwise. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final Conversations store;
    private final Spool spool;
    private final Views views;
    private final Outages outages;
    private final Lock[] spooling =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

    /** Held while something moves from the spool to the store, so that it is seen in one of them and not in both. */
    final ReentrantLock replaying = new ReentrantLock();

    SpooledConversations(Conversations store, Spool spool, Views views, Outages outages) {
        this.store = store;
        this.spool = spool;
        this.views = views;
        this.outages = outages;
    }

    @Override
    public @Nullable Conversation find(ConversationKey key) {
        requireWritten(key);
        return store.find(key);
    }

    @Override
    public @Nullable Past past(ConversationKey key, int tail) {
        if (spool.holds(key)) {
            return waiting(key, tail);
        }
        long reading = views.reading();
        try {
            var past = store.past(key, tail);
            views.read(key, past, reading);
            return past;
        } catch (StoreUnavailable e) {
            outages.noted();
            return views.tell(key);
        }
    }

    /** The past of a conversation some of which waits. */
    private @Nullable Past waiting(ConversationKey key, int tail) {
        var view = views.find(key);
        if (view != null && view.rooted()) {
            return views.tell(key);
        }
        Past stored = null;
        boolean still = false;
        try {
            still = replaying.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (still) {
                stored = store.past(key, tail);
                if (stored != null) {
                    return withWaiting(stored, key);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreUnavailable e) {
            outages.noted();
        } finally {
            if (still) {
                replaying.unlock();
            }
        }
        var told = views.tell(key);
        return told == null ? withWaiting(null, key) : told;
    }

    private @Nullable Past withWaiting(@Nullable Past stored, ConversationKey key) {
        Past past = stored;
        for (var each : spool.of(key)) {
            if (each.line().first() > 0) {
                past = Provisional.after(past, null, each.append(), each.line().before());
            }
        }
        return past;
    }

    @Override
    public List<Turn> turns(ConversationKey key, List<TurnRange> ranges) {
        requireWritten(key);
        return store.turns(key, ranges);
    }

    @Override
    public long tokens(ConversationKey key, int turns) {
        requireWritten(key);
        return store.tokens(key, turns);
    }

    @Override
    public @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        var known = spool.level().appends() == 0 ? null : views.recognise(histories, atLeast);
        if (known != null && spool.holds(known.conversation().key())) {
            return known;
        }
        try {
            return store.recognise(histories, atLeast);
        } catch (StoreUnavailable e) {
            outages.noted();
            return views.recognise(histories, atLeast);
        }
    }

    @Override
    public Outcome append(Append append) {
        if (waits(append)) {
            return spooled(append, false);
        }
        Outcome outcome;
        try {
            outcome = store.append(append);
        } catch (StoreUnavailable e) {
            if (e.full()) {
                throw e;
            }
            return spooled(append, true);
        }
        if (outcome instanceof Outcome.Appended appended) {
            views.appended(append, appended);
        }
        return outcome;
    }

    /**
     * Whether it comes after something that waits, or whoever made it may not have known what is there already: what waits is
     * compared with that before it is written.
     */
    private boolean waits(Append append) {
        var from = append.from();
        if (from != null && spool.holds(from.source())) {
            return true;
        }
        boolean misled =
                from == null && append.expectedTurns() == Append.WHATEVER && views.isToldFromHere(append.key());
        return misled || spool.holds(append.key());
    }

    /**
     * Has an append wait.
     *
     * @param sent whether it may have been made already, so that it has to be sent again as it is
     */
    private Outcome spooled(Append append, boolean sent) {
        outages.noted();
        var lock = spooling[Math.floorMod(append.key().hashCode(), STRIPES)];
        lock.lock();
        try {
            var known = views.find(append.key());
            boolean fits =
                    known == null || fits(append, known.past().conversation().turns());
            if (known != null && !fits && !sent && known.rooted()) {
                return new Outcome.Moved(known.past().conversation());
            }
            return spooled(append, known, fits);
        } finally {
            lock.unlock();
        }
    }

    private Outcome spooled(Append append, @Nullable View known, boolean fits) {
        boolean blind = known == null && append.from() == null && append.expectedTurns() == Append.WHATEVER;
        var after = fits ? views.after(append) : null;
        var past = after == null ? Provisional.after(null, null, append, 0) : after.past();
        int last = past.conversation().turns();
        int first = last - append.turns().size() + 1;
        spool.add(append, new Line(fits ? first : 0, blind));
        if (after != null) {
            views.take(after, after.rooted() && !blind);
        }
        return new Outcome.Appended(past.conversation(), new TurnRange(first, last));
    }

    private static boolean fits(Append append, int turns) {
        return append.expectedTurns() == Append.WHATEVER || append.expectedTurns() == turns;
    }

    @Override
    public Page list(Scope scope, @Nullable String cursor, int limit) {
        return store.list(scope, cursor, limit);
    }

    /** While turns of the conversation wait nothing is erased, for they would bring it back. */
    @Override
    public boolean erase(ConversationKey key) {
        requireWritten(key);
        views.erased(key);
        try {
            return store.erase(key);
        } finally {
            views.erased(key);
        }
    }

    private void requireWritten(ConversationKey key) {
        if (spool.holds(key)) {
            throw new StoreUnavailable(
                    "turns of the conversation wait to be written", new IllegalStateException("the spool has some"));
        }
    }
}
