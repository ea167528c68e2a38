package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Slot;
import io.perpetua.domain.facts.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The facts around a statement, as they were read, and what is written if they are still so. Not safe for concurrent use. */
final class FactsAround implements Slot {

    private static final Script AROUND = Script.load("fact-slot.lua");
    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final FactKeys keys;
    private final Map<String, byte[]> seen = new HashMap<>();
    private final @Nullable Fact same;
    private final @Nullable Fact latest;
    private final long count;

    FactsAround(Link link, FactKeys keys, Statement told) {
        this.link = link;
        this.keys = keys;
        byte[][] names = {keys.identities(), keys.latest(), keys.facts(), keys.all()};
        List<byte[]> found = link.ask(commands -> Link.run(
                commands, AROUND, ScriptOutputType.MULTI, names, FactKeys.identity(told), FactKeys.slot(told)));
        same = seen(found.get(0));
        latest = seen(found.get(1));
        count = Long.parseLong(Commit.text(found.get(2)));
    }

    private @Nullable Fact seen(byte @Nullable [] packed) {
        if (packed == null || packed.length == 0) {
            return null;
        }
        Fact fact = PackedFact.unpack(packed);
        seen.put(fact.id(), packed);
        return fact;
    }

    @Override
    public @Nullable Fact same() {
        return same;
    }

    @Override
    public @Nullable Fact latest() {
        return latest;
    }

    @Override
    public @Nullable Fact find(String id) {
        byte[] read = seen.get(id);
        return read != null ? PackedFact.unpack(read) : seen(packed(link, keys, id));
    }

    /** How many facts the scope has. */
    long count() {
        return count;
    }

    /** A commit that happens if what was read of the statement's fact and the slot's latest is still so. */
    Commit commit(Statement told) {
        var commit = new Commit();
        commit.requireField(id(same), keys.identities(), FactKeys.identity(told));
        commit.requireField(id(latest), keys.latest(), FactKeys.slot(told));
        return commit;
    }

    /** Adds that {@code facts} are written if those that there are have not changed. */
    void write(Commit commit, List<Fact> facts) {
        for (Fact fact : facts) {
            byte[] before = seen.get(fact.id());
            commit.requireField(before == null ? NOTHING : before, keys.facts(), Names.bytes(fact.id()));
        }
        for (Fact fact : facts) {
            byte[] before = seen.get(fact.id());
            commit.then("HSET", keys.facts(), Names.bytes(fact.id()), PackedFact.pack(fact));
            index(commit, keys, before == null ? null : PackedFact.unpack(before), fact);
            if (before == null) {
                commit.then("HSET", keys.identities(), FactKeys.identity(fact.statement()), Names.bytes(fact.id()));
            }
        }
    }

    void mark(Commit commit, Statement told, @Nullable String id) {
        if (id == null) {
            commit.then("HDEL", keys.latest(), FactKeys.slot(told));
        } else {
            commit.then("HSET", keys.latest(), FactKeys.slot(told), Names.bytes(id));
        }
    }

    private static byte[] id(@Nullable Fact fact) {
        return fact == null ? NOTHING : Names.bytes(fact.id());
    }

    /** Brings a fact into the indices that it is in now, and out of those that it was in. */
    static void index(Commit commit, FactKeys keys, @Nullable Fact before, @Nullable Fact after) {
        var was = before == null ? Set.<String>of() : keys.indices(before);
        var is = after == null ? Set.<String>of() : keys.indices(after);
        Fact any = after == null ? requireNonNull(before) : after;
        byte[] id = Names.bytes(any.id());
        byte[] score = Names.bytes(Micros.of(any.recordedAt()));
        is.stream()
                .filter(Predicate.not(was::contains))
                .forEach(name -> commit.then("ZADD", keys.index(name), score, id));
        was.stream().filter(Predicate.not(is::contains)).forEach(name -> commit.then("ZREM", keys.index(name), id));
    }

    /** A fact as it is kept, null where it is not there. */
    static byte @Nullable [] packed(Link link, FactKeys keys, String id) {
        byte[] packed = link.ask(commands ->
                commands.hget(keys.facts(), Names.bytes(id)).thenApply(found -> found == null ? NOTHING : found));
        return packed.length == 0 ? null : packed;
    }
}
