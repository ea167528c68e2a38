package io.perpetua.application.memory;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An index that does not take one text.
 *
 * @param wordsToo whether it refuses its words as well, not only its vectors
 * @param fault what it throws
 */
record ChoosyIndex(TurnIndex index, String poison, boolean wordsToo, Supplier<RuntimeException> fault)
        implements TurnIndex {

    /** One with a fault: the vectors of the text make it fail. */
    ChoosyIndex(TurnIndex index, String poison) {
        this(index, poison, false, () -> new IllegalStateException("a fault"));
    }

    @Override
    public void put(List<IndexedTurn> turns) {
        if (turns.stream()
                .anyMatch(turn -> (wordsToo || !turn.vectors().isEmpty())
                        && turn.turn().message().text().equals(poison))) {
            throw fault.get();
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
