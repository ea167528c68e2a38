package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnSignals;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Turns of one tenant, searches for them, and settings. */
final class Fixture {

    static final Scope SCOPE = new Scope("tenant", "default");

    /** How long a server that has failed is left alone. */
    static final Duration SOON = Duration.ofMillis(1);

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Fixture() {}

    /** Settings under which no test fails because the machine is busy. */
    static QdrantSettings patient(URI url, String collection) {
        return new QdrantSettings(url, null, collection, PATIENCE, PATIENCE, false, false);
    }

    static IndexedTurn turn(String branch, int number, String text, float[]... vectors) {
        var message = new Message(Role.USER, text, "Mira", List.of(), null, List.of(), "{}");
        return new IndexedTurn(
                SCOPE, branch, new Turn(number, message, NOON.plusSeconds(number), 10), List.of(vectors));
    }

    static TurnSignals search(QdrantTurnIndex index, String branch, int turns, String query) {
        return index.search(SCOPE, List.of(new PathSegment(branch, 1, turns)), query, new float[] {1, 0});
    }
}
