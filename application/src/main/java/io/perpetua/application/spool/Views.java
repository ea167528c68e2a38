package io.perpetua.application.spool;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.Conversations.Recognised;
import io.perpetua.application.conversation.Past;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Turn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * A view is what a turn needs of a conversation, as it was last read or written here, with what waits for the store on
 * top. It is replaced by what is read of the store, unless something waits: then what is read lacks it. A reading that
 * began before a conversation was erased here is not taken.
 */
/**
 * The conversations that were asked for last, as far as they are known without the store. Bounded by what they weigh: those
 * that nobody asked for longest go first. Safe for concurrent use.
 */
final class Views {

    /** No conversation takes more than this share of the room, whatever is in its latest turns. */
    private static final int SHARE = 64;
    /** Bytes that a turn, an anchor or a head takes besides its text. */
    private static final int OVERHEAD = 256;
    /** Conversations that are remembered to have been told without the store: more than turns that are under way. */
    private static final int MOST_TOLD = 20_000;

    private final long most;
    private final Predicate<ConversationKey> waiting;
    private final Map<ConversationKey, View> views = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Fingerprint, ConversationKey> tips = new HashMap<>();
    private final Map<ConversationKey, Boolean> toldFromHere = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationKey, Boolean> eldest) {
            return size() > MOST_TOLD;
        }
    };
    private long weight;
    private long erasures;

    /**
     * Nothing is known yet.
     *
     * @param most bytes, roughly, that all views take
     * @param waiting whether something that a conversation has been told waits for the store; asked while the views are held
     */
    Views(long most, Predicate<ConversationKey> waiting) {
        this.most = most;
        this.waiting = waiting;
    }

    /**
     * What is known of a conversation.
     *
     * @param rooted whether it is all that a turn needs, but for turns before the tail; else it begins in the middle of
     *     what is not known
     * @param tip the fingerprint of all of its turns, null where that is not known
     */
    record View(Past past, boolean rooted, @Nullable Fingerprint tip, long weight) {}

    synchronized @Nullable View find(ConversationKey key) {
        return views.get(key);
    }

    synchronized @Nullable Past past(ConversationKey key) {
        var view = views.get(key);
        return view == null ? null : view.past();
    }

    /** What is known of a conversation, and may not be what the store has: until that is read again, whoever asked is misled. */
    synchronized @Nullable Past tell(ConversationKey key) {
        toldFromHere.put(key, true);
        return past(key);
    }

    /** Whether what was told last of a conversation did not come from the store. */
    synchronized boolean isToldFromHere(ConversationKey key) {
        return toldFromHere.containsKey(key);
    }

    /** What a reading that begins now is to be handed back with. */
    synchronized long reading() {
        return erasures;
    }

    /** The store had this of the conversation, null for nothing, when it was asked after {@code reading} was given. */
    synchronized void read(ConversationKey key, @Nullable Past past, long reading) {
        toldFromHere.remove(key);
        if (waiting.test(key) || reading != erasures) {
            return;
        }
        if (past == null) {
            drop(key);
            return;
        }
        var known = views.get(key);
        if (known == null || !isOlder(past.conversation(), known.past().conversation())) {
            put(past, true, tip(known, past));
        }
    }

    private static boolean isOlder(Conversation read, Conversation known) {
        return read.createdAt().equals(known.createdAt()) && read.turns() < known.turns();
    }

    /** The store has this now, by {@code append}. */
    synchronized void appended(Append append, Appended appended) {
        var key = append.key();
        if (waiting.test(key)) {
            return;
        }
        var after = after(append);
        boolean same = after.rooted()
                && after.past().conversation().turns() == appended.range().last()
                && appended.range().last() == appended.conversation().turns();
        if (same) {
            var past = after.past();
            put(new Past(appended.conversation(), past.tail(), past.anchors(), past.brief()), true, after.tip());
        } else {
            drop(key);
        }
    }

    /** What {@code append} makes of what is known, and nothing is changed. */
    View after(Append append) {
        return after(append, 0);
    }

    /**
     * The same.
     *
     * @param least how many turns the conversation has at the least, should nothing be known of it
     */
    synchronized View after(Append append, int least) {
        var before = views.get(append.key());
        var from = append.from();
        var source = from == null ? null : views.get(from.source());
        var past = Provisional.after(
                before == null ? null : before.past(), source == null ? null : source.past(), append, least);
        boolean begins = from == null ? append.expectedTurns() <= 0 && least == 0 : source != null && source.rooted();
        boolean rooted = before == null ? begins : before.rooted();
        return new View(past, rooted, tip(before == null ? source : before, past), 0);
    }

    /**
     * Takes a view that was made by {@link #after}.
     *
     * @param rooted whether the conversation is known from its beginning
     */
    synchronized void take(View view, boolean rooted) {
        put(view.past(), rooted, view.tip());
    }

    /** The conversation is not what is known of it. */
    synchronized void drop(ConversationKey key) {
        var gone = views.remove(key);
        if (gone != null) {
            forget(key, gone);
        }
    }

    /** The conversation is gone, or going. */
    synchronized void erased(ConversationKey key) {
        erasures++;
        drop(key);
    }

    /** The conversation that ends with the longest of several histories, as {@code Conversations} has it. */
    synchronized @Nullable Recognised recognise(List<Fingerprint> histories, int atLeast) {
        for (int messages = histories.size(); messages >= Math.max(1, atLeast); messages--) {
            var key = tips.get(histories.get(messages - 1));
            var view = key == null ? null : views.get(key);
            if (view != null) {
                return new Recognised(view.past().conversation(), messages);
            }
        }
        return null;
    }

    private void put(Past whole, boolean rooted, @Nullable Fingerprint tip) {
        var past = within(whole, most / SHARE);
        var key = past.conversation().key();
        drop(key);
        var view = new View(past, rooted, tip, weight(past));
        views.put(key, view);
        weight += view.weight();
        if (tip != null) {
            tips.put(tip, key);
        }
        var eldest = views.entrySet().iterator();
        while (weight > most) {
            var gone = eldest.next();
            eldest.remove();
            forget(gone.getKey(), gone.getValue());
        }
    }

    private void forget(ConversationKey key, View gone) {
        weight -= gone.weight();
        if (gone.tip() != null) {
            tips.remove(gone.tip(), key);
        }
    }

    /** The fingerprint of {@code past}, which goes on from what is known. */
    private static @Nullable Fingerprint tip(@Nullable View known, Past past) {
        var head = past.conversation();
        var tail = past.tail();
        int before = head.turns() - tail.size();
        if (known != null && known.tip() != null && leadsTo(known.past().conversation(), past)) {
            int turns = known.past().conversation().turns();
            return turns < before ? null : then(known.tip(), tail.subList(turns - before, tail.size()));
        }
        return before > 0 ? null : then(Fingerprint.root(head.key().scope(), head.user()), tail);
    }

    /** Whether what is known is the beginning of {@code past}: its own, or all of what it branches off. */
    private static boolean leadsTo(Conversation known, Past past) {
        var head = past.conversation();
        boolean own = known.key().equals(head.key()) && known.createdAt().equals(head.createdAt());
        boolean shared = !known.key().equals(head.key())
                && head.path().stream()
                        .anyMatch(segment -> segment.last() == known.turns()
                                && segment.branch()
                                        .equals(known.path().getLast().branch()));
        return (own || shared) && known.turns() <= head.turns();
    }

    private static Fingerprint then(Fingerprint history, List<Turn> turns) {
        var each = history;
        for (Turn turn : turns) {
            each = each.then(turn.message());
        }
        return each;
    }

    /** The same with as many of the latest turns as weigh {@code most}, and one at least. */
    private static Past within(Past past, long most) {
        var tail = past.tail();
        int kept = 0;
        long bytes = 0;
        for (Turn turn : tail.reversed()) {
            bytes += weight(turn);
            if (kept > 0 && bytes > most) {
                break;
            }
            kept++;
        }
        return kept == tail.size()
                ? past
                : new Past(
                        past.conversation(),
                        tail.subList(tail.size() - kept, tail.size()),
                        past.anchors(),
                        past.brief());
    }

    private static long weight(Past past) {
        long turns = past.tail().stream().mapToLong(Views::weight).sum();
        long anchors = past.anchors().stream()
                .mapToLong(anchor -> OVERHEAD + anchor.text().length())
                .sum();
        return (long) OVERHEAD
                + turns
                + anchors
                + (past.brief() == null ? 0 : past.brief().text().length());
    }

    private static long weight(Turn turn) {
        return (long) OVERHEAD
                + turn.message().text().length()
                + turn.message().wire().length();
    }
}
