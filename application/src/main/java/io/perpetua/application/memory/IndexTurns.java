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
 * second put, which changes nothing, and an index that has lost what it was given is given it again. Turns whose
 * embedding failed are put without vectors and are not forgotten: the next settle() starts over from the first of them.
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

    /** The last entry that the index has seen whole, vectors and all, without one before it that it has not. */
    private long whole;

    private boolean incomplete;

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
                seen = 0;
                whole = 0;
            }
            for (var batch = outbox.pending(seen, BATCH); !batch.isEmpty(); batch = outbox.pending(seen, BATCH)) {
                batch.forEach(this::take);
            }
        } finally {
            working.unlock();
        }
    }

    /** Makes the index durable and forgets what it holds. Where embeddings are missing, makes ready to try them again. */
    public void settle() {
        working.lock();
        try {
            if (whole > 0) {
                flush();
                outbox.forget(whole);
            }
            if (incomplete) {
                incomplete = false;
                seen = whole;
            }
        } finally {
            working.unlock();
        }
    }

    private void flush() {
        try {
            index.flush();
        } catch (IndexUnavailable e) {
            seen = 0;
            whole = 0;
            incomplete = false;
            throw e;
        }
    }

    /** Whether turns wait for their embedding. */
    public boolean incomplete() {
        working.lock();
        try {
            return incomplete;
        } finally {
            working.unlock();
        }
    }

    private void take(Entry entry) {
        boolean embedded = switch (entry) {
            case Entry.Written written -> put(written);
            case Entry.Erased erased -> {
                index.erase(erased.scope(), erased.branch(), erased.after());
                yield true;
            }
        };
        seen = entry.number();
        incomplete |= !embedded;
        if (!incomplete) {
            whole = seen;
        }
    }

    private boolean put(Entry.Written written) {
        var vectors = embed(written.turns());
        var turns = new ArrayList<IndexedTurn>(written.turns().size());
        for (int i = 0; i < written.turns().size(); i++) {
            var turn = written.turns().get(i);
            turns.add(new IndexedTurn(
                    written.scope(), written.branch(), turn, vectors == null ? List.of() : vectors.get(i)));
        }
        index.put(turns);
        return vectors != null;
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
