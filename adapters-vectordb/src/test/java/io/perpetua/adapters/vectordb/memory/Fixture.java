package io.perpetua.adapters.vectordb.memory;

import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Instant;
import java.util.List;

/** Turns of one tenant, and searches for them. */
final class Fixture {

    static final Scope SCOPE = new Scope("tenant", "default");

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Fixture() {}

    static IndexedTurn turn(String branch, int number, String text, float[]... vectors) {
        var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
        return new IndexedTurn(SCOPE, branch, new Turn(number, message, NOON, 10), List.of(vectors));
    }

    static TurnSignals search(LuceneTurnIndex index, String branch, String query) {
        return index.search(SCOPE, List.of(new PathSegment(branch, 1, 1_000_000)), query, null);
    }

    /** How many of the branch's turns have {@code word}. */
    static long having(LuceneTurnIndex index, String branch, String word) {
        long count = 0;
        for (double score : search(index, branch, word).words()) {
            count += score > 0 ? 1 : 0;
        }
        return count;
    }
}
