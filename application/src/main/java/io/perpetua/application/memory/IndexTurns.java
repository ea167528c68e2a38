package io.perpetua.application.memory;

import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.Outbox.Entry;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The outbox is the list of what the index owes. catchUp() puts what is pending into the index, where it is searchable at
 * once; settle() makes the index durable and only then forgets the entries, so that a crash between the two costs a
 * second put, which changes nothing. Turns whose embedding failed are put without vectors and are not forgotten: each
 * settle() tries the first of them again, and the others once that one works. An index that does not answer may have
 * lost what was not durable yet, so all that is not forgotten is then given again.
 */
/** Use case: bring the index up to what the record holds. Safe for concurrent use; one thread at a time works. */
public final class IndexTurns {

    private static final int BATCH = 64;

    private final Outbox outbox;
    private final TurnIndex index;
    private final @Nullable Embedder embedder;
    private final ExecutorService embedding;
    private final ReentrantLock working = new ReentrantLock();

    /** The last entry that the index has seen. */
    private long seen;

    private volatile boolean stopped;

    /** The last entry that the index has seen whole, vectors and all, without one before it that it has not. */
    private long whole;

    /** The last entry that had been seen when the index was made durable. */
    private long durable;

    /**
     * Moves turns from {@code outbox} to {@code index}.
     *
     * @param embedder null to index words only
     * @param embedding runs embeddings side by side; the embedder bounds how many run at once
     */
    public IndexTurns(Outbox outbox, TurnIndex index, @Nullable Embedder embedder, ExecutorService embedding) {
        this.outbox = outbox;
        this.index = index;
        this.embedder = embedder;
        this.embedding = embedding;
    }

    /**
     * Indexes what is pending; what was stored before the call is searchable when it returns.
     *
     * @throws IndexUnavailable when the index did not take it; the outbox keeps it
     */
    public void catchUp() {
        working.lock();
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
        } finally {
            working.unlock();
        }
    }

    /** The same for those who can do without: returns whether the index took it. */
    public boolean catchUpIfPossible() {
        try {
            catchUp();
            return true;
        } catch (IndexUnavailable e) {
            return false;
        }
    }

    /**
     * The same for those who only read. Where another thread is at it already it is left to that one, so that nobody
     * waits for somebody else's import. Returns whether the index took what it was given.
     */
    public boolean catchUpUnlessBusy() {
        if (!working.tryLock()) {
            return true;
        }
        try {
            return catchUpIfPossible();
        } finally {
            working.unlock();
        }
    }

    /** Ends what is under way after the entry at hand; the outbox keeps the rest for the next start. */
    public void stop() {
        stopped = true;
    }

    /**
     * Tries again to embed what could not be, makes the index durable and forgets what it holds whole.
     *
     * @throws IndexUnavailable when the index is not durable; the outbox keeps what it is owed
     */
    public void settle() {
        working.lock();
        try {
            embedMissing();
            if (seen > durable) {
                index.flush();
                outbox.forget(whole);
                durable = seen;
            }
        } catch (IndexUnavailable e) {
            startOver();
            throw e;
        } finally {
            working.unlock();
        }
    }

    /** Whether turns wait for their embedding. */
    public boolean incomplete() {
        working.lock();
        try {
            return whole < seen;
        } finally {
            working.unlock();
        }
    }

    private void startOver() {
        seen = 0;
        whole = 0;
        durable = 0;
    }

    private void takeIn(Entry entry) {
        boolean complete = whole == seen;
        boolean embedded = switch (entry) {
            case Entry.Written written -> {
                var vectors = embed(written.turns());
                index.put(indexed(written, vectors));
                yield vectors != null;
            }
            case Entry.Erased erased -> {
                index.erase(erased.scope(), erased.branch(), erased.after());
                yield true;
            }
        };
        seen = entry.number();
        whole = complete && embedded ? seen : whole;
    }

    /** Goes through what was seen, from the first entry without vectors on, as long as the embedder answers. */
    private void embedMissing() {
        while (whole < seen) {
            var entry = outbox.pending(whole, 1).stream().findFirst().orElse(null);
            if (entry == null || entry.number() > seen) {
                whole = seen;
            } else if (!again(entry)) {
                return;
            }
        }
    }

    /** Gives an entry that was seen once more. Returns false, having changed nothing, if its turns cannot be embedded. */
    private boolean again(Entry entry) {
        switch (entry) {
            case Entry.Written written -> {
                var vectors = embed(written.turns());
                if (vectors == null) {
                    return false;
                }
                index.put(indexed(written, vectors));
            }
            case Entry.Erased erased -> index.erase(erased.scope(), erased.branch(), erased.after());
        }
        whole = entry.number();
        durable = Math.min(durable, whole - 1);
        return true;
    }

    private static List<IndexedTurn> indexed(Entry.Written written, @Nullable List<List<float[]>> vectors) {
        var turns = new ArrayList<IndexedTurn>(written.turns().size());
        for (int i = 0; i < written.turns().size(); i++) {
            var turn = written.turns().get(i);
            turns.add(new IndexedTurn(
                    written.scope(), written.branch(), turn, vectors == null ? List.of() : vectors.get(i)));
        }
        return turns;
    }

    /** The turns' vectors; null when the embedder does not answer. */
    private @Nullable List<List<float[]>> embed(List<Turn> turns) {
        if (embedder == null) {
            return turns.stream().map(turn -> List.<float[]>of()).toList();
        }
        var source = embedder;
        var tasks = turns.stream()
                .<Callable<List<float[]>>>map(turn -> () -> source.embedPassage(spoken(turn)))
                .toList();
        try {
            var vectors = new ArrayList<List<float[]>>(tasks.size());
            for (Future<List<float[]>> each : embedding.invokeAll(tasks)) {
                vectors.add(each.get());
            }
            return vectors;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EmbedderUnavailable) {
                return null;
            }
            throw new IllegalStateException("embedding failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** What is embedded: the speaker is part of the meaning where it has a name. */
    private static String spoken(Turn turn) {
        String name = turn.message().name();
        return name == null
                ? turn.message().text()
                : name + ": " + turn.message().text();
    }
}
