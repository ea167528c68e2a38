package io.perpetua.application.conversation;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.cache.CacheKey;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.transfer.Archive;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contracts. The ports it gives share this state, and guard it by its monitor. */
public final class InMemoryRecord {

    final Map<ConversationKey, Head> heads = new HashMap<>();
    final Map<BranchName, Branch> branches = new HashMap<>();
    final NavigableMap<Long, Row> outbox = new TreeMap<>();
    final Map<CacheKey, KeptAnswer> answers = new LinkedHashMap<>();
    final Map<String, TurnRange> appended = new HashMap<>();
    private long number;
    private boolean full;

    /** From now on nothing can be appended: there is no room left. */
    public synchronized void fillUp() {
        full = true;
    }

    void requireRoom() {
        if (full) {
            throw new StoreUnavailable("full", new IllegalStateException(), true);
        }
    }

    public Stores stores() {
        return new Stores(
                new InMemoryConversations(this),
                new InMemoryOutbox(this),
                new InMemoryAnchors(this),
                new InMemoryBriefs(this),
                new InMemoryAnswers(this));
    }

    public Statistics statistics() {
        return new InMemoryStatistics(this);
    }

    public IdleConversations idle() {
        return new InMemoryIdleConversations(this);
    }

    /** A new branch, called {@code id} unless one of that name is still there or still to be erased from the index. */
    Branch branch(Scope scope, String id) {
        var name = new BranchName(scope, id);
        for (int copy = 2; branches.containsKey(name); copy++) {
            name = new BranchName(scope, id + "~" + copy);
        }
        var made = new Branch(name, new TreeMap<>());
        branches.put(name, made);
        return made;
    }

    Branch branch(ConversationKey key, PathSegment segment) {
        return requireNonNull(branches.get(new BranchName(key.scope(), segment.branch())));
    }

    /** Puts an entry into the outbox. Returns its number. */
    long log(Row row) {
        outbox.put(next(), row);
        return number;
    }

    /** A number above all that were given to entries and conversations before. */
    long next() {
        return ++number;
    }

    /** All conversations of this store, to be moved. */
    public Archive archive() {
        return new InMemoryArchive(this);
    }

    /** A conversation with what belongs to it alone. */
    static final class Head {
        Conversation conversation;
        long grown;
        Instant active = Instant.now();
        final List<Anchor> anchors = new ArrayList<>();

        @Nullable
        Brief brief;

        Head(Conversation conversation) {
            this.conversation = conversation;
        }

        void keep(KeptAnchors.Change change) {
            anchors.removeAll(change.dropped());
            anchors.addAll(change.added());
        }
    }

    record BranchName(Scope scope, String name) {}

    /** The turns that one conversation wrote. */
    record Branch(BranchName name, NavigableMap<Integer, Stored> turns) {}

    record Stored(Turn turn, Fingerprint fingerprint) {}

    /** An outbox entry: turns {@code first} to {@code last} were written, or those from {@code first} on erased. */
    record Row(Branch branch, int first, int last, boolean erased) {}

    /** An answer that may be given again until then. */
    record KeptAnswer(CachedAnswer answer, @Nullable ConversationKey from, Instant until) {}
}
