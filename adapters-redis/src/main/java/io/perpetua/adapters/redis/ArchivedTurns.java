package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.adapters.redis.Branches.Found;
import io.perpetua.application.transfer.ArchivedTurn;
import io.perpetua.domain.conversation.Scope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads turns of branches with what stands beside their text. Safe for concurrent use. */
@Singleton
@Shared
final class ArchivedTurns {

    /** About how many bytes are read at once. */
    private static final int ENOUGH = 1 << 20;

    private static final Script SCRIPT = Script.load("stretch.lua");

    private final Link link;
    private final Branches branches;

    ArchivedTurns(Link link, Branches branches) {
        this.link = link;
        this.branches = branches;
    }

    /** As {@link io.perpetua.application.transfer.Archive#turns} has it. */
    List<ArchivedTurn> turns(Scope scope, String name, int after, int limit) {
        Found found = branches.find(scope, name);
        if (found == null || after >= found.stretch().last()) {
            return List.of();
        }
        int first = Math.max(after + 1, found.stretch().first());
        int last = (int) Math.min(found.stretch().last(), (long) first + limit - 1);
        var turns = new ArrayList<ArchivedTurn>();
        for (byte[] packed : some(found, first, last)) {
            turns.add(turn(packed, first + turns.size()));
        }
        return turns;
    }

    /** Those turns of a stretch that are on a path, by their numbers. */
    Map<Integer, byte[]> packed(Found found, int first, int last) {
        var turns = new HashMap<Integer, byte[]>();
        int number = Math.max(first, found.stretch().first());
        int end = Math.min(last, found.stretch().last());
        while (number <= end) {
            var some = some(found, number, end);
            if (some.isEmpty()) {
                break; // erased meanwhile
            }
            for (byte[] packed : some) {
                turns.put(number++, packed);
            }
        }
        return turns;
    }

    private List<byte[]> some(Found found, int first, int last) {
        byte[][] keys = {found.turns()};
        byte[] from = Commit.ascii(first - found.stretch().first());
        byte[] to = Commit.ascii(last - found.stretch().first());
        return link.askPatiently(
                commands -> Link.run(commands, SCRIPT, ScriptOutputType.MULTI, keys, from, to, Commit.ascii(ENOUGH)));
    }

    static ArchivedTurn turn(byte[] packed, int number) {
        return new ArchivedTurn(
                StoredTurn.turn(packed, number), StoredTurn.header(packed).fingerprint());
    }
}
