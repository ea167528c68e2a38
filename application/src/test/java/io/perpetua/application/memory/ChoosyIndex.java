package io.perpetua.application.memory;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index with a fault: the vectors of one text make it fail. */
record ChoosyIndex(TurnIndex index, String poison) implements TurnIndex {

    @Override
    public void put(List<IndexedTurn> turns) {
        if (turns.stream()
                .anyMatch(turn -> !turn.vectors().isEmpty()
                        && turn.turn().message().text().equals(poison))) {
            throw new IllegalStateException("a fault");
        }
        index.put(turns);
    }

    @Override
    public void erase(Scope scope, String branch, int after) {
        index.erase(scope, branch, after);
    }

    @Override
    public void flush() {
        index.flush();
    }

    @Override
    public TurnSignals search(Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
        return index.search(scope, path, query, queryVector);
    }

    @Override
    public boolean needsRebuild() {
        return index.needsRebuild();
    }

    @Override
    public void rebuilding() {
        index.rebuilding();
    }
}
