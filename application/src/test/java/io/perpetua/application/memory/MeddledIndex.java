package io.perpetua.application.memory;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An index to which something happens right before it is written to. */
final class MeddledIndex implements TurnIndex {

    private final TurnIndex index;
    private Runnable beforePut = () -> {};
    private Runnable beforeErase = () -> {};

    MeddledIndex(TurnIndex index) {
        this.index = index;
    }

    /** Once, before the next put. */
    void beforePut(Runnable happens) {
        beforePut = happens;
    }

    /** Once, before the next erasure. */
    void beforeErase(Runnable happens) {
        beforeErase = happens;
    }

    @Override
    public void put(List<IndexedTurn> turns) {
        var happens = beforePut;
        beforePut = () -> {};
        happens.run();
        index.put(turns);
    }

    @Override
    public void erase(Scope scope, String branch, int after) {
        var happens = beforeErase;
        beforeErase = () -> {};
        happens.run();
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
