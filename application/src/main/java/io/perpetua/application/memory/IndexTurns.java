package io.perpetua.application.memory;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.application.memory.TurnVectors.Made;
import io.perpetua.application.memory.VectorBacklog.Chunk;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Passages;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The outbox is the list of what the index owes. catchUp() puts what is pending into the index by its words, which takes
 * milliseconds; its vectors follow in the background, a chunk at a time, made while nobody holds the lock and put while
 * this holds it. What was erased between the two is known then and not put; what another instance erases is looked for
 * in the record after each put.
 *
 * settle() makes the index durable and only then forgets what it holds whole, so that a crash at any time costs a second
 * put, which changes nothing. While the embedder is away turns wait for their vectors, and their entries with them. An
 * index that does not answer may have lost what was not durable yet, so all that is not forgotten is then given again.
 */
/** Use case: bring the index up to what the record holds. Safe for concurrent use. */
public final class IndexTurns {

    /** Entries that are read at once. */
    private static final int BATCH = 64;

    /** Turns of one branch whose vectors are made at once: done in a fraction of a second. */
    private static final int CHUNK = 8;

    /** Chunks that are worked on at once: while one comes to its end, another keeps the processors busy. */
    private static final int WORKERS = 2;

    private final Outbox outbox;
    private final TurnIndex index;
    private final @Nullable TurnVectors vectors;
    private final Executor background;
    private final Duration patience;
    private final ReentrantLock working = new ReentrantLock();
    private final Progress progress = new Progress();
    private final RecordedPuts puts;
    private final VectorBacklog backlog = new VectorBacklog();

    /** The last entry whose words the index has. */
    private long seen;

    /** Whether the index was given anything since it was made durable. */
    private boolean dirty;

    /** How many threads make vectors. */
    private int workers;

    private volatile boolean stopped;
    private volatile int waiting;

    /**
     * Moves turns from {@code outbox} to {@code index}.
     *
     * @param embedder null to index words only
     * @param background where vectors are made, each call on a thread of its own; the embedder bounds how many of them
     *     work at once
     * @param patience how long those who can do without wait for an index that does not move
     */
    public IndexTurns(
            Outbox outbox, TurnIndex index, @Nullable Embedder embedder, Executor background, Duration patience) {
        this.outbox = outbox;
        this.index = index;
        this.vectors = embedder == null ? null : new TurnVectors(embedder, background);
        this.background = background;
        this.patience = patience;
        this.puts = new RecordedPuts(outbox, index, embedder == null, progress::step);
    }

    /**
     * Indexes the words of what is pending, and has its vectors made: what was stored before the call is found by its
     * words when this returns, and by its meaning when {@link #awaitVectors} does.
     *
     * @throws IndexUnavailable when the index did not take it; the outbox keeps it
     */
    public void catchUp() {
        working.lock();
        try {
            takeInPending();
        } finally {
            working.unlock();
        }
        makeVectors();
    }

    /** The same for those who can do without: returns whether the index took it, and the store told what. */
    public boolean catchUpIfPossible() {
        try {
            catchUp();
            return true;
        } catch (IndexUnavailable | StoreUnavailable e) {
            return false;
        }
    }

    /**
     * The same for those who cannot wait long: returns whether the index took it in time. It is waited for as long as it
     * moves; the work goes on in any case.
     */
    public boolean catchUpInTime() {
        return progress.follow(CompletableFuture.supplyAsync(this::catchUpIfPossible, background), patience);
    }

    /**
     * The same for those who only read. Where another thread is at it already it is left to that one, so that nobody
     * waits for somebody else's import. Returns whether the index took what it was given.
     */
    public boolean catchUpUnlessBusy() {
        return working.isLocked() || catchUpInTime();
    }

    /**
     * Waits until the index has the vectors of what a conversation's own branch held at the last {@link #catchUp}, up to
     * the conversation's last turn.
     *
     * @return whether it has them; false when time is over, the embedder or the index is away, or the caller is
     *     interrupted
     */
    public boolean awaitVectors(Conversation conversation, Duration atMost) {
        var scope = conversation.key().scope();
        var branch = conversation.path().getLast().branch();
        long left = atMost.toNanos();
        try {
            while (true) {
                long step = progress.steps();
                if (!working.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
                try {
                    if (!backlog.holds(scope, branch, conversation.turns())) {
                        return seen > 0; // else the index has lost what it was given
                    }
                    if (workers == 0 || left <= 0) {
                        return false;
                    }
                } finally {
                    working.unlock();
                }
                left = progress.awaitStep(step, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * What was worked off.
     *
     * @param entries of the outbox, 0 when none are left
     * @param turns that they wrote
     */
    record Step(int entries, int turns) {}

    /**
     * Works off the next entries with their vectors, makes the index durable and forgets them: for a long outbox, of which
     * that much is done again at most.
     *
     * @param turns after how many it ends, with the entry that is begun
     * @throws IndexUnavailable when the index did not take it; the outbox keeps it
     * @throws EmbedderUnavailable when vectors are missing; the outbox keeps what they belong to
     */
    Step step(int turns) {
        Step step;
        working.lock();
        try {
            step = takeInSome(turns);
        } finally {
            working.unlock();
        }
        makeVectors();
        awaitWorkers();
        settle();
        return step;
    }

    private void awaitWorkers() {
        try {
            for (long seen = progress.steps(); !workedOff(); seen = progress.steps()) {
                progress.awaitStep(seen, Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while vectors were made");
        }
    }

    private boolean workedOff() {
        working.lock();
        try {
            if (workers == 0 && backlog.turns() > 0) {
                var cause = new IllegalStateException("the vectors of " + backlog.turns() + " turns are missing");
                throw new EmbedderUnavailable("the embedder gave up", cause);
            }
            return workers == 0;
        } finally {
            working.unlock();
        }
    }

    /** Ends what is under way after the entry or chunk at hand; the outbox keeps the rest for the next start. */
    public void stop() {
        stopped = true;
    }

    /**
     * Goes on making vectors where that had to be given up, makes the index durable and forgets what it holds whole.
     *
     * @throws IndexUnavailable when the index is not durable; the outbox keeps what it is owed
     */
    public void settle() {
        makeVectors();
        working.lock();
        try {
            if (dirty) {
                index.flush();
                outbox.forget(Math.min(seen, backlog.firstEntry() - 1));
                dirty = false;
            }
        } catch (IndexUnavailable e) {
            startOver();
            throw e;
        } finally {
            working.unlock();
        }
    }

    /** How many turns wait for their vectors; costs nothing. */
    public int waiting() {
        return waiting;
    }

    /** How many turns will never have vectors, or are not indexed at all, since the embedder or the index refused them. */
    public long refused() {
        return puts.refused() + (vectors == null ? 0 : vectors.refused());
    }

    private void startOver() {
        seen = 0;
        backlog.clear();
        dirty = false;
        noteProgress();
    }

    private void noteProgress() {
        waiting = backlog.turns();
        progress.step();
    }

    private void takeInPending() {
        try {
            if (index.needsRebuild()) {
                outbox.refill();
                index.rebuilding();
                startOver();
            }
            for (var batch = outbox.pending(seen, BATCH); !batch.isEmpty(); batch = outbox.pending(seen, BATCH)) {
                for (var entry : batch) {
                    if (stopped) {
                        return;
                    }
                    takeIn(entry);
                }
            }
        } catch (IndexUnavailable e) {
            startOver();
            throw e;
        }
    }

    private Step takeInSome(int turns) {
        int entries = 0;
        int taken = 0;
        try {
            var next = outbox.pending(seen, 1);
            while (!next.isEmpty() && taken < turns && !stopped) {
                takeIn(next.getFirst());
                entries++;
                taken += next.getFirst() instanceof Entry.Written written
                        ? written.turns().size()
                        : 0;
                next = outbox.pending(seen, 1);
            }
            return new Step(entries, taken);
        } catch (IndexUnavailable e) {
            startOver();
            throw e;
        }
    }

    private void takeIn(Entry entry) {
        switch (entry) {
            case Entry.Written written -> owe(entry, puts.words(written));
            case Entry.Erased erased -> {
                backlog.erase(erased);
                owe(entry, puts.erase(erased.scope(), erased.branch(), erased.after()));
            }
        }
        seen = entry.number();
        dirty = true;
        noteProgress();
    }

    private void owe(Entry entry, List<Turn> turns) {
        if (vectors != null) {
            backlog.add(new Entry.Written(entry.number(), entry.scope(), entry.branch(), turns));
        }
    }

    /** Sees to it that the backlog is worked on. */
    private void makeVectors() {
        for (int i = 0; i < WORKERS && beginWorker(); i++) {
            background.execute(this::workOff);
        }
    }

    private boolean beginWorker() {
        working.lock();
        try {
            boolean worthIt = workers < WORKERS && !stopped && !backlog.isEmpty();
            workers += worthIt ? 1 : 0;
            return worthIt;
        } finally {
            working.unlock();
        }
    }

    /** Tried again, where it fails, when something is stored next or the index is settled. */
    private void workOff() {
        boolean failed = true;
        try {
            for (var chunk = nextOrEnd(); chunk != null; chunk = nextOrEnd()) {
                embed(chunk);
            }
            failed = false;
        } catch (EmbedderUnavailable | IndexUnavailable | StoreUnavailable e) {
            // What is missing is said to those who look for it.
        } finally {
            if (failed) {
                endWorker();
            }
        }
    }

    /** In one step, so that whoever adds to the backlog either finds a worker that will see it or starts one. */
    private @Nullable Chunk nextOrEnd() {
        working.lock();
        try {
            var chunk = stopped ? null : backlog.next(CHUNK);
            if (chunk == null) {
                endWorker();
            }
            return chunk;
        } finally {
            working.unlock();
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever a chunk makes fail, the next chunk is to have its turn
    private void embed(Chunk chunk) {
        try {
            int before = Math.max(1, chunk.first() - Passages.LENGTH + 1);
            var path = outbox.turns(chunk.scope(), chunk.branch(), before, chunk.end());
            int from = Math.min(path.size(), chunk.first() - before);
            put(chunk, path.subList(from, path.size()), requireNonNull(vectors).of(path, from));
        } catch (EmbedderUnavailable | IndexUnavailable | StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            giveUp(chunk);
        } finally {
            giveBack(chunk);
        }
    }

    /** Turns that nothing is away for and that cannot be taken in all the same are found by their words alone. */
    private void giveUp(Chunk chunk) {
        working.lock();
        try {
            if (backlog.wants(chunk)) {
                backlog.done(chunk);
                requireNonNull(vectors).refuse(chunk.last() - chunk.first() + 1);
                noteProgress();
            }
        } finally {
            working.unlock();
        }
    }

    private void put(Chunk chunk, List<Turn> turns, List<Made> made) {
        working.lock();
        try {
            if (!stopped && backlog.wants(chunk)) {
                var others = puts.vectors(chunk, turns, made);
                backlog.done(chunk);
                backlog.add(new Entry.Written(chunk.entry(), chunk.scope(), chunk.branch(), others));
                dirty = true;
                noteProgress();
            }
        } catch (IndexUnavailable e) {
            startOver();
            throw e;
        } finally {
            working.unlock();
        }
    }

    private void giveBack(Chunk chunk) {
        working.lock();
        try {
            backlog.giveBack(chunk);
        } finally {
            working.unlock();
        }
    }

    private void endWorker() {
        working.lock();
        try {
            workers--;
            progress.step();
        } finally {
            working.unlock();
        }
    }
}
