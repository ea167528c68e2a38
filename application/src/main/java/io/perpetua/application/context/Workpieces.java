package io.perpetua.application.context;

import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.strategy.Artifact;
import io.perpetua.domain.strategy.ArtifactHistory;
import io.perpetua.domain.strategy.ArtifactView;
import io.perpetua.domain.strategy.Artifacts;
import io.perpetua.domain.strategy.LatestStatements;
import io.perpetua.domain.strategy.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is built: the latest version of each artifact, and what the user last decided about its looks. Superseded versions
 * are shown nowhere. For one request; not safe for concurrent use.
 */
final class Workpieces implements Essentials {

    /** So many artifacts are looked at: more do not fit any share. */
    private static final int MOST = 48;

    private final Request request;
    private final ArtifactHistory artifacts;
    private final LatestStatements design;
    private final String message;
    private final Map<Integer, Turn> turns = new HashMap<>();
    private final Map<Integer, List<Artifact>> found = new HashMap<>();

    /**
     * What there is to show.
     *
     * @param artifacts of the past and of what the request adds
     * @param design the same of decisions
     * @param message what is asked
     */
    Workpieces(Request request, ArtifactHistory artifacts, LatestStatements design, String message) {
        this.request = request;
        this.artifacts = artifacts;
        this.design = design;
        this.message = message;
    }

    @Override
    public List<Piece> pieces(int before) {
        var versions = artifacts.latest(message).stream()
                .map(places ->
                        places.stream().filter(place -> place.turn() < before).toList())
                .filter(places -> !places.isEmpty())
                .limit(MOST)
                .toList();
        var decisions = new TreeMap<>(design.byTurn()).headMap(before, false).descendingMap();
        var needed = new HashSet<>(decisions.keySet());
        versions.forEach(places -> places.forEach(place -> needed.add(place.turn())));
        read(needed);

        var pieces = new ArrayList<Piece>();
        decisions.forEach((number, sentences) -> {
            Turn turn = turns.get(number);
            if (turn != null) {
                pieces.add(Piece.of(turn, -1, LatestStatements.quoted(turn.message(), sentences)));
            }
        });
        versions.forEach(places -> pieces.add(new Piece(parts(places))));
        return pieces;
    }

    @Override
    public String view(Turn turn, boolean shown) {
        int lastTurn = request.dialogue.turns();
        return ArtifactView.rest(turn, artifacts, shown, lastTurn, design.superseded(turn, lastTurn));
    }

    private List<Part> parts(List<Place> places) {
        var parts = new ArrayList<Part>();
        for (Place place : places) {
            Turn turn = turns.get(place.turn());
            if (turn != null) {
                var artifact = found.computeIfAbsent(place.turn(), number -> Artifacts.in(turn.message()))
                        .get(place.ordinal());
                parts.add(new Part(turn, place.ordinal(), ArtifactView.of(artifact), false));
            }
        }
        return parts;
    }

    private void read(Set<Integer> numbers) {
        var missing = numbers.stream()
                .filter(number -> !turns.containsKey(number))
                .sorted()
                .map(number -> new TurnRange(number, number))
                .toList();
        request.turns(missing).forEach(turn -> turns.put(turn.number(), turn));
    }
}
