package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.Gist;
import io.perpetua.application.facts.Gists;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/*
 * What a statement comes to is computed here, from the facts around it as they were read, and written if each of those
 * that change, the statement's own and the slot's latest are what they were. Whoever was overtaken reads again; of several
 * one always gets ahead, and one that is told again changes nothing and is not written at all.
 */
/** Facts, in Redis: those of a scope are in one slot, each one value, found by indices that are written with it. */
@Singleton
@Shared
final class RedisFacts implements Facts, FactArchive {

    private static final Script PAGE = Script.load("facts.lua");

    /** Most facts that are read at once, and most bytes but for the last of them. */
    private static final int STEP = 512;

    private static final int STEP_BYTES = 4 << 20;

    /** The scopes that anything was ever told in. */
    private static final byte[] SCOPES = Names.bytes("perpetua:facts");

    /** So many scopes are known here to be among them. */
    private static final int MOST_KNOWN = 10_000;

    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final Set<Scope> known = ConcurrentHashMap.newKeySet();

    RedisFacts(Link link) {
        this.link = link;
    }

    private boolean done(Commit commit) {
        return link.ask(commit::send).done();
    }

    @Override
    public Outcome tell(Scope scope, Statement told, String id, Instant now, FactRules rules) {
        var keys = new FactKeys(scope);
        boolean single = rules.single(told.triple().predicate());
        while (true) {
            var around = new FactsAround(link, keys, told);
            if (around.same() == null && around.count() >= rules.most()) {
                return Outcome.Refused.FULL;
            }
            var telling = Superseding.telling(told, id, now.truncatedTo(ChronoUnit.MICROS), single, around);
            if (telling.written().isEmpty()) {
                return new Outcome.Told(telling);
            }
            note(scope);
            var commit = around.commit(told);
            around.write(commit, telling.written());
            around.mark(commit, told, telling.latest());
            if (done(commit)) {
                return new Outcome.Told(telling);
            }
        }
    }

    /** Before its first fact, so that an export finds it. */
    private void note(Scope scope) {
        if (!known.contains(scope)) {
            byte[] name = Names.bytes(Fields.join(List.of(scope.tenant(), scope.namespace())));
            link.<Long>ask(commands -> commands.sadd(SCOPES, name));
            if (known.size() < MOST_KNOWN) {
                known.add(scope);
            }
        }
    }

    @Override
    public @Nullable Fact find(Scope scope, String id) {
        byte[] packed = FactsAround.packed(link, new FactKeys(scope), id);
        return packed == null ? null : PackedFact.unpack(packed);
    }

    @Override
    public List<Fact> find(Scope scope, List<String> ids) {
        var keys = new FactKeys(scope);
        List<Optional<byte[]>> found = link.askAll(ids.stream()
                .<Link.Question<Optional<byte[]>>>map(id ->
                        commands -> commands.hget(keys.facts(), Names.bytes(id)).thenApply(Optional::ofNullable))
                .toList());
        return found.stream().flatMap(Optional::stream).map(PackedFact::unpack).toList();
    }

    @Override
    public boolean delete(Scope scope, String id) {
        return removed(scope, id, null);
    }

    /**
     * Removes a fact, or what was heard in a conversation of it.
     *
     * @param conversation null for the whole fact
     * @return whether it was there
     */
    private boolean removed(Scope scope, String id, @Nullable String conversation) {
        var keys = new FactKeys(scope);
        while (true) {
            byte[] packed = FactsAround.packed(link, keys, id);
            if (packed == null) {
                return false;
            }
            Fact gone = PackedFact.unpack(packed);
            Fact left = conversation == null ? null : gone.without(conversation);
            var commit = left == null ? removal(keys, gone) : change(keys, packed, gone, left);
            if (done(commit)) {
                return true;
            }
        }
    }

    private Commit removal(FactKeys keys, Fact gone) {
        var told = gone.statement();
        var around = new FactsAround(link, keys, told);
        var removal = Superseding.removing(gone, around);
        var commit = around.commit(told);
        commit.requireField(PackedFact.pack(gone), keys.facts(), Names.bytes(gone.id()));
        around.write(commit, removal.written());
        around.mark(commit, told, removal.latest());
        commit.then("HDEL", keys.facts(), Names.bytes(gone.id()));
        commit.then("HDEL", keys.identities(), FactKeys.identity(told));
        FactsAround.index(commit, keys, gone, null);
        return commit;
    }

    private static Commit change(FactKeys keys, byte[] packed, Fact before, Fact after) {
        var commit = new Commit();
        commit.requireField(packed, keys.facts(), Names.bytes(before.id()));
        commit.then("HSET", keys.facts(), Names.bytes(before.id()), PackedFact.pack(after));
        FactsAround.index(commit, keys, before, after);
        return commit;
    }

    @Override
    public Found query(Scope scope, FactFilter filter, @Nullable Place after, int limit) {
        var keys = new FactKeys(scope);
        var page = new ArrayList<Fact>();
        long[] total = {0};
        walk(keys, keys.index(filter), fact -> {
            if (filter.admits(fact)) {
                total[0]++;
                if (page.size() < limit && (after == null || after.isBefore(fact))) {
                    page.add(fact);
                }
            }
            return true;
        });
        return new Found(page, total[0]);
    }

    @Override
    public List<Gist> gists(Scope scope, FactFilter filter, @Nullable Place after, int most, long characters) {
        var keys = new FactKeys(scope);
        var gists = new Gists(characters);
        walk(keys, keys.index(filter), fact -> {
            boolean wanted = filter.admits(fact) && (after == null || after.isBefore(fact));
            return !wanted || (gists.add(Gist.of(fact)) && gists.size() < most);
        });
        return gists.taken();
    }

    private interface Visit {
        /** Returns whether more is wanted. */
        boolean at(Fact fact);
    }

    /**
     * Goes through an index, the one kept last first, for as long as more is wanted. What comes while it does may be missed,
     * nothing is met twice.
     */
    private void walk(FactKeys keys, byte[] index, Visit visit) {
        Set<String> met = new HashSet<>();
        byte[][] names = {index, keys.facts()};
        byte[] bytes = Names.bytes(STEP_BYTES);
        for (long from = 0; ; ) {
            byte[] first = Names.bytes(from);
            byte[] last = Names.bytes(from + STEP - 1);
            Link.Question<List<byte[]>> page =
                    commands -> Link.run(commands, PAGE, ScriptOutputType.MULTI, names, first, last, bytes);
            // Turns wait for what is on one page; who goes on may take longer than a request.
            var found = from == 0 ? link.ask(page) : link.askPatiently(page);
            for (byte[] packed : found.subList(1, found.size())) {
                Fact fact = PackedFact.unpack(packed);
                if (met.add(fact.id()) && !visit.at(fact)) {
                    return;
                }
            }
            long named = Long.parseLong(Commit.text(found.getFirst()));
            if (named == 0) {
                return;
            }
            from += named;
        }
    }

    @Override
    public int forget(ConversationKey conversation) {
        var keys = new FactKeys(conversation.scope());
        var concerned = new ArrayList<String>();
        walk(keys, keys.index(FactFilter.ofConversation(conversation.id(), null)), fact -> {
            concerned.add(fact.id());
            return true;
        });
        int forgotten = 0;
        for (String id : concerned) {
            forgotten += removed(conversation.scope(), id, conversation.id()) ? 1 : 0;
        }
        link.<Long>ask(commands -> commands.hdel(keys.read(), Names.bytes(Names.digest(conversation.id()))));
        return forgotten;
    }

    @Override
    public int readThrough(ConversationKey conversation) {
        byte[] field = Names.bytes(Names.digest(conversation.id()));
        byte[] turn = link.ask(commands -> commands.hget(new FactKeys(conversation.scope()).read(), field)
                .thenApply(found -> found == null ? NOTHING : found));
        return turn.length == 0 ? 0 : Integer.parseInt(Commit.text(turn));
    }

    @Override
    public void noteReadThrough(ConversationKey conversation, int turn) {
        byte[] field = Names.bytes(Names.digest(conversation.id()));
        link.<Boolean>ask(
                commands -> commands.hset(new FactKeys(conversation.scope()).read(), field, Names.bytes(turn)));
    }

    @Override
    public void each(Sink sink) {
        var scopes = link.<Set<byte[]>>askPatiently(commands -> commands.smembers(SCOPES)).stream()
                .map(Commit::text)
                .sorted()
                .toList();
        for (String name : scopes) {
            var fields = Fields.split(name);
            var scope = new Scope(requireNonNull(fields.get(0)), requireNonNull(fields.get(1)));
            var keys = new FactKeys(scope);
            walk(keys, keys.all(), fact -> {
                sink.put(scope, fact);
                return true;
            });
        }
    }

    @Override
    public Tallies.Outcome add(Scope scope, Fact fact) {
        var keys = new FactKeys(scope);
        var told = fact.statement();
        note(scope);
        while (true) {
            var around = new FactsAround(link, keys, told);
            Fact there = around.find(fact.id());
            if (there != null) {
                return there.equals(fact) ? Tallies.Outcome.THERE : Tallies.Outcome.CONFLICT;
            }
            if (around.same() != null) {
                return Tallies.Outcome.CONFLICT;
            }
            var commit = around.commit(told);
            around.write(commit, List.of(fact));
            if (fact.validTo() == null && around.latest() == null) {
                around.mark(commit, told, fact.id());
            }
            if (done(commit)) {
                return Tallies.Outcome.ADDED;
            }
        }
    }
}
