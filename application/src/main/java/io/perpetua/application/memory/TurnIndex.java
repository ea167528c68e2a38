package io.perpetua.application.memory;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of turns: derived from the record, disposable. What was put is found by the next search; it is durable, and
 * what was erased is gone from the index's files, when {@link #flush} has returned. Driven port; safe for concurrent
 * use. Every method throws {@link IndexUnavailable} when the index does not answer; what was put or erased since the
 * last flush that returned may be lost then, and is to be given again.
 */
public interface TurnIndex {

    /**
     * Takes turns in. A turn that is there already, by scope, branch and number, is replaced.
     *
     * @throws IndexRefused when one of them cannot be taken in, however often it is given
     */
    void put(List<IndexedTurn> turns);

    /** Forgets the turns of a branch numbered above {@code after}: with 0, all of it. */
    void erase(Scope scope, String branch, int after);

    /** Makes all of the above durable. Slow enough (a disk's flush, after an erasure much more) to be done in batches. */
    void flush();

    /**
     * What speaks for each indexed turn of a path. Scores rest on the turns of this path alone: no other conversation
     * has a part in them.
     *
     * @param scope whose path it is
     * @param path the conversation's path, or a stretch of it, ascending
     * @param query what is asked; may be empty
     * @param queryVector the query's embedding; null leaves every turn's meaning unknown
     * @return empty columns when nothing of the path is indexed
     */
    TurnSignals search(Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector);

    /**
     * Whether the index began empty (it is new, or what was found was damaged or of another format) and nobody has
     * called {@link #rebuilding} since. Then the outbox is to be refilled with all there is. It may become true while
     * the index is in use, when damage is found.
     */
    boolean needsRebuild();

    /** Notes, durably, that the outbox has been refilled and every turn is on its way. */
    void rebuilding();
}
