package io.perpetua.application.transfer;

import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Tallies.Outcome;
import io.perpetua.domain.access.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A family that fits into one part is added whole or not at all, and many of them at once, since a store makes each call
 * durable. A larger one goes in a part at a time, its conversations last, so that nobody sees one of which turns are
 * missing; where it turns out that something else is there, what was added of it is taken back.
 *
 * Everything may be done again: what is there to the letter is passed over.
 */
/**
 * Use case: add what was exported to a store. Nothing that is there is replaced. Safe beside servers; holds no more than
 * some hundred turns at a time.
 */
public final class ImportAll {

    /** A part holds this much at the most, but at least one turn. */
    private static final int MOST_TURNS = 512;

    private static final long MOST_CHARACTERS = 4_000_000;

    /** Conversations of one part: each has up to some hundred anchors. */
    private static final int MOST_CONVERSATIONS = 64;

    private final Stores stores;
    private final Consumer<String> conflicts;
    private final Progress progress;

    /** The ports of the store that is added to. */
    public record Stores(Archive archive, FactArchive facts, ApiKeys keys, Tallies tallies) {}

    /**
     * What was added.
     *
     * @param there families, facts, keys and sums that were there already
     * @param conflicts how many were left out because something else was there
     */
    public record Result(
            long families,
            long conversations,
            long turns,
            long facts,
            long keys,
            long sums,
            long there,
            long conflicts) {}

    /** Adds to {@code stores}; {@code conflicts} is told, for people, what was left out since something else was there. */
    public ImportAll(Stores stores, Consumer<String> conflicts, Progress progress) {
        this.stores = stores;
        this.conflicts = conflicts;
        this.progress = progress;
    }

    /** Adds everything that {@code source} gives. What was added before a failure stays, and is passed over next time. */
    public Result from(Entry.Source source) {
        var run = new Run();
        for (Entry entry = source.next(); entry != null; entry = source.next()) {
            run.take(entry);
        }
        run.endFamilies();
        return run.result();
    }

    private final class Run {

        private final List<Part> whole = new ArrayList<>();
        private long held;
        private @Nullable PendingFamily family;
        private long families;
        private long conversations;
        private long turns;
        private long seenTurns;
        private long facts;
        private long keys;
        private long sums;
        private long there;
        private long conflicting;

        void take(Entry entry) {
            switch (entry) {
                case Entry.Begun begun -> {
                    endFamily();
                    family = new PendingFamily(begun);
                }
                case Entry.Said said -> said(current(), said);
                case Entry.Held each -> held(current(), each);
                case Entry.Changed _ -> {
                    takeBack(current());
                    family = null;
                }
                case Entry.Grown grown -> {
                    endFamilies();
                    stores.archive.grew(grown.conversations());
                }
                case Entry.Known known -> {
                    endFamilies();
                    facts += count("fact " + known.fact().id(), stores.facts.add(known.scope(), known.fact()));
                }
                case Entry.Key key -> {
                    endFamilies();
                    keys += count("key " + key.key().id(), add(key.key()));
                }
                case Entry.Spending each -> {
                    endFamilies();
                    var spent = each.spent();
                    String what = "what was spent of the " + spent.period().wire() + " budget of " + spent.account()
                            + " from " + spent.start();
                    sums += count(what, stores.tallies.add(spent));
                }
                case Entry.Learnt learnt -> {
                    endFamilies();
                    String what = "what was learnt of the models for "
                            + learnt.intent().wire();
                    sums += count(what, stores.tallies.add(learnt.intent(), learnt.standings()));
                }
            }
        }

        private PendingFamily current() {
            if (family == null) {
                throw new IllegalArgumentException("expected a family before its turns and conversations");
            }
            return family;
        }

        private void said(PendingFamily to, Entry.Said said) {
            progress.done(++seenTurns, 0);
            to.say(said);
            if (to.turns >= MOST_TURNS || to.characters >= MOST_CHARACTERS) {
                send(to);
            }
        }

        private void held(PendingFamily to, Entry.Held each) {
            to.conversations.add(each.conversation());
            if (to.conversations.size() >= MOST_CONVERSATIONS) {
                send(to);
            }
        }

        private void endFamily() {
            PendingFamily ended = family;
            family = null;
            if (ended == null) {
                return;
            }
            if (ended.sent) {
                send(ended);
                turns += ended.conflict == null ? ended.added : 0;
                count(ended.conflict, ended.added > 0);
            } else {
                whole.add(ended.part());
                held += ended.turns + ended.characters * MOST_TURNS / MOST_CHARACTERS + 1;
                if (held >= MOST_TURNS) {
                    sendWhole();
                }
            }
        }

        void endFamilies() {
            endFamily();
            sendWhole();
        }

        private void sendWhole() {
            if (!whole.isEmpty()) {
                for (var added : stores.archive.add(whole)) {
                    conversations += added.conversations();
                    turns += added.turns();
                    count(added.conflict(), added.conversations() + added.turns() > 0);
                }
                whole.clear();
                held = 0;
            }
        }

        /** Adds what is gathered of a large family. */
        private void send(PendingFamily large) {
            sendWhole();
            large.sent = true;
            var part = large.part();
            large.clear();
            if (large.conflict == null) {
                var added = stores.archive.add(List.of(part)).getFirst();
                conversations += added.conversations();
                large.added += added.turns();
                if (added.conflict() != null) {
                    large.conflict = added.conflict();
                    takeBack(large);
                }
            }
        }

        /** Takes back what was added of a family that is not to be. */
        private void takeBack(PendingFamily pending) {
            pending.clear();
            if (pending.sent) {
                stores.archive.discard(pending.scope(), pending.branches());
            }
        }

        private void count(@Nullable String conflict, boolean added) {
            if (conflict != null) {
                conflict(conflict);
            } else if (added) {
                families++;
            } else {
                there++;
            }
        }

        private int count(String what, Outcome outcome) {
            switch (outcome) {
                case ADDED -> {
                    return 1;
                }
                case THERE -> there++;
                case CONFLICT -> conflict(what);
            }
            return 0;
        }

        private void conflict(String what) {
            conflicting++;
            conflicts.accept(what);
        }

        Result result() {
            return new Result(families, conversations, turns, facts, keys, sums, there, conflicting);
        }
    }

    private Outcome add(ApiKey key) {
        ApiKey found = stores.keys.find(key.id());
        if (found != null) {
            return found.equals(key) ? Outcome.THERE : Outcome.CONFLICT;
        }
        stores.keys.add(key);
        return Outcome.ADDED;
    }
}
