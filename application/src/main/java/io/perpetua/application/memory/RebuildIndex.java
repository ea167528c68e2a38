package io.perpetua.application.memory;

import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.transfer.Archive;
import io.perpetua.application.transfer.Progress;

/*
 * The outbox is the list of what the index owes, and a rebuild that was broken off is a list that is not worked off. So going
 * on needs no memory of its own: whoever works off the outbox next, this or a server, goes on where it was. A step is made
 * durable, and forgotten, before the next is begun.
 */
/** Use case: make the index anew from the record, or go on where that was broken off. Safe beside servers. */
public final class RebuildIndex {

    /** Turns of a step: as much work as is done again after a break. */
    private static final int STEP = 256;

    private final Outbox outbox;
    private final TurnIndex index;
    private final IndexTurns turns;
    private final Archive archive;
    private final Progress progress;

    /** Works off {@code outbox} by {@code turns}, which fills {@code index}; {@code archive} knows how much there is. */
    public RebuildIndex(Outbox outbox, TurnIndex index, IndexTurns turns, Archive archive, Progress progress) {
        this.outbox = outbox;
        this.index = index;
        this.turns = turns;
        this.archive = archive;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param anew whether it was begun anew, or went on with what waited
     * @param turns how many were put into the index
     */
    public record Result(boolean anew, long turns) {}

    /**
     * Puts every turn into the index again or, where some wait, those; returns when they are found by words and meaning.
     * What is in the index stays found meanwhile.
     *
     * @param fresh whether to begin anew in any case
     * @throws IndexUnavailable when the index does not answer; what is left waits
     * @throws EmbedderUnavailable when the embedder does not; what is left waits
     */
    public Result run(boolean fresh) {
        if (!fresh && !index.needsRebuild() && outbox.depth() > 0) {
            var owed = workOff(false, 0);
            if (owed.turns() > 0) {
                return owed;
            }
            // What waits is others' of a shared store.
        }
        long total = archive.size().turns();
        outbox.refill();
        index.rebuilding();
        return workOff(true, total);
    }

    private Result workOff(boolean anew, long total) {
        long left = outbox.depth();
        long steps = 0;
        long done = 0;
        for (var step = turns.step(STEP); step.entries() > 0; step = turns.step(STEP)) {
            steps += step.entries();
            done += step.turns();
            progress.done(done, anew ? Math.max(total, done) : done + about(left - steps, done, steps));
        }
        return new Result(anew, done);
    }

    /** About how many turns {@code entries} hold, by those that were worked off. */
    private static long about(long entries, long turns, long workedOff) {
        return Math.max(0, entries) * turns / workedOff;
    }
}
