package io.perpetua.adapters.http;

import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index of one conversation that knows which turns contain the query, and nothing of meaning. */
final class WordIndex implements TurnIndex {

    private final List<Turn> turns = new ArrayList<>();

    @Override
    public synchronized void put(List<IndexedTurn> added) {
        added.forEach(each -> turns.add(each.turn()));
    }

    @Override
    public synchronized void erase(Scope scope, String branch, int after) {
        turns.clear();
    }

    @Override
    public void flush() {}

    @Override
    public synchronized TurnSignals search(
            Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
        var names = new ArrayList<@Nullable String>();
        turns.forEach(turn -> names.add(turn.message().name()));
        var table = TurnTable.of(
                turns.stream().mapToInt(Turn::number).toArray(),
                turns.stream().map(turn -> turn.message().role()).toList(),
                names,
                turns.stream().mapToLong(turn -> turn.at().getEpochSecond()).toArray(),
                turns.stream().mapToInt(Turn::tokens).toArray(),
                new int[turns.size()]);
        double[] words = turns.stream()
                .mapToDouble(turn -> turn.message().text().contains(query) ? 1 : 0)
                .toArray();
        float[] meaning = new float[turns.size()];
        Arrays.fill(meaning, Float.NaN);
        long[] matched = Arrays.stream(words).mapToLong(score -> (long) score).toArray();
        return new TurnSignals(table, words, words, meaning, List.of(query), matched);
    }

    @Override
    public boolean needsRebuild() {
        return false;
    }

    @Override
    public void rebuilding() {}
}
