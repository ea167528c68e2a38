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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/*
 * An append that the store does not answer to may be the reason itself: too large to be written in time, or at home on a
 * node of a cluster that is down. So it holds up its own conversation alone, as long as the store is said to be there.
 * After a few in a row a pass ends, as each of them costs the time that is waited for an answer; the next pass leaves those
 * conversations out, until one has come to the end.
 */
/**
 * Use case: write what waits into the store that is back, the oldest first, under the names it was tried under before, so
 * that everything is there once. Safe for concurrent use; one at a time works.
 */
public final class ReplaySpool {

    private static final int BATCH = 32;

    /** Appends in a row that the store does not answer to, after which a pass ends. */
    private static final int MOST_UNANSWERED = 5;

    private final Conversations store;
    private final Spool spool;
    private final Views views;
    private final Detours detours;
    private final SharedStore shared;
    private final Lock replaying;

    /** Conversations that are left out, since the passes before ended at them. */
    private final Set<ConversationKey> leftOut = ConcurrentHashMap.newKeySet();

    ReplaySpool(Conversations store, Spool spool, Views views, Detours detours, SharedStore shared, Lock replaying) {
        this.store = store;
        this.shared = shared;
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
     * Writes everything that waits, but for what the store does not take.
     *
     * @throws StoreUnavailable when the store is away, or the disk did not answer; what is written is gone from the spool
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

        private final Set<ConversationKey> stuck = new HashSet<>(leftOut);
        private @Nullable RuntimeException failure;
        private int written;
        private int unanswered;
        private long after;
        private boolean more = true;

        boolean more() {
            return more;
        }

        void batch() {
            var batch = spool.oldest(after, BATCH);
            more = !batch.isEmpty();
            if (!more) {
                leftOut.clear();
            }
            var done = new ArrayList<Long>();
            try {
                for (var each : batch) {
                    if (isHeldUp(each.append())) {
                        stuck.add(each.append().key());
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

        /** Whether something has to come before it that the store did not take. */
        private boolean isHeldUp(Append append) {
            var from = append.from();
            return stuck.contains(append.key()) || (from != null && stuck.contains(from.source()));
        }

        /** Returns false when it is to be tried again, elsewhere or not in this pass. */
        @SuppressWarnings("IllegalCatch") // what one conversation makes fail is not to hold up the others
        private boolean written(Waiting waiting) {
            try {
                boolean written = write(waiting);
                unanswered = 0;
                return written;
            } catch (StoreUnavailable e) {
                if (shared.away()) {
                    throw e;
                }
                hold(waiting, e);
                unanswered++;
                if (unanswered == MOST_UNANSWERED) {
                    more = false;
                    leftOut.addAll(stuck);
                }
                return false;
            } catch (RuntimeException e) {
                hold(waiting, e);
                return false;
            }
        }

        private void hold(Waiting waiting, RuntimeException e) {
            stuck.add(waiting.append().key());
            failure = e;
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
