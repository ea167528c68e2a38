package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.application.spool.Spool.Waiting;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Use case: write what waits into the store that is back, the oldest first, under the names it was tried under before, so
 * that everything is there once. Safe for concurrent use; one at a time works.
 */
public final class ReplaySpool {

    private static final int BATCH = 32;

    private final Conversations store;
    private final Spool spool;
    private final Views views;
    private final Detours detours;
    private final Lock replaying;

    ReplaySpool(Conversations store, Spool spool, Views views, Detours detours, Lock replaying) {
        this.store = store;
        this.spool = spool;
        this.views = views;
        this.detours = detours;
        this.replaying = replaying;
    }

    /**
     * What came of a replay.
     *
     * @param written how many appends are in the store now
     * @param stuck how many conversations have appends that the store did not take, and whose rest was not tried then
     * @param failure why not, of one of them, null where there is none
     */
    public record Result(int written, int stuck, @Nullable RuntimeException failure) {}

    /**
     * Writes everything that waits.
     *
     * @throws StoreUnavailable when the store, or the disk, did not answer; what is written is gone from the spool
     */
    public Result replay() {
        var pass = new Pass();
        while (pass.more()) {
            replaying.lock();
            try {
                pass.batch();
            } finally {
                replaying.unlock();
            }
        }
        return new Result(pass.written, pass.stuck.size(), pass.failure);
    }

    /** Once through the spool. For one thread. */
    private final class Pass {

        private final Set<ConversationKey> stuck = new HashSet<>();
        private @Nullable RuntimeException failure;
        private int written;
        private long after;
        private boolean more = true;

        boolean more() {
            return more;
        }

        void batch() {
            var batch = spool.oldest(after, BATCH);
            more = !batch.isEmpty();
            var done = new ArrayList<Long>();
            try {
                for (var each : batch) {
                    if (stuck.contains(each.append().key())) {
                        after = each.number();
                    } else if (written(each)) {
                        done.add(each.number());
                        after = each.number();
                    } else {
                        return; // what comes next may have changed: it is read again
                    }
                }
            } finally {
                if (!done.isEmpty()) {
                    spool.remove(done);
                    written += done.size();
                }
            }
        }

        /** Returns false when it is to be tried again, elsewhere or not in this pass. */
        @SuppressWarnings("IllegalCatch") // what one conversation makes fail is not to hold up the others
        private boolean written(Waiting waiting) {
            try {
                return write(waiting);
            } catch (StoreUnavailable e) {
                throw e;
            } catch (RuntimeException e) {
                stuck.add(waiting.append().key());
                failure = e;
                return false;
            }
        }
    }

    private boolean write(Waiting waiting) {
        Append missing = detours.missing(waiting);
        if (missing == null) {
            views.drop(waiting.append().key());
            return true;
        }
        switch (store.append(missing)) {
            case Outcome.Appended appended -> {
                if (appended.range().first() != waiting.line().first()) {
                    views.drop(waiting.append().key());
                }
                return true;
            }
            case Outcome.Erased _ -> {
                views.drop(waiting.append().key());
                return true;
            }
            case Outcome.Moved moved -> {
                views.drop(waiting.append().key());
                spool.replace(detours.of(waiting, moved));
                return false;
            }
        }
    }
}
