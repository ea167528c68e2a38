package io.perpetua.adapters.vectordb.memory;

import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.IndexSearcher;

/** The branches in the index: their documents, and the tables of those used last. Safe for concurrent use. */
final class Branches {

    private static final int LOCKS = 64;

    private final BranchCache cache;
    /** A branch is written, or its table loaded, by one thread at a time, so tables follow the order of the writes. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    Branches(BranchCache cache) {
        this.cache = cache;
    }

    void put(IndexFiles files, IndexedTurn turn) throws IOException {
        String key = TurnDocuments.key(turn.scope(), turn.branch());
        List<String> words = Words.of(turn.turn().message());
        Row row = Row.of(turn, words.size());
        Document document = TurnDocuments.of(key, row, words);
        ReentrantLock lock = lock(key);
        lock.lock();
        try {
            long sequence = files.writer().updateDocument(TurnDocuments.id(key, row.number()), document);
            BranchTable table = cache.get(key);
            if (table != null) {
                cache.put(key, table.with(row, words, sequence, files.seen()));
            }
        } finally {
            lock.unlock();
        }
    }

    void erase(IndexFiles files, String key, int after) throws IOException {
        ReentrantLock lock = lock(key);
        lock.lock();
        try {
            files.writer().deleteDocuments(TurnDocuments.after(key, after));
            BranchTable table = cache.get(key);
            if (table != null) {
                cache.put(key, table.upTo(after));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The indexed turns of a path. */
    PathRows on(IndexFiles files, Scope scope, List<PathSegment> path) throws IOException {
        var rows = new PathRows();
        for (PathSegment segment : path) {
            if (segment.turns() > 0) {
                String key = TurnDocuments.key(scope, segment.branch());
                BranchTable table = table(files, key);
                if (!table.fresh().complete()) {
                    files.see(table.written());
                }
                boolean seen = files.seen() >= table.written();
                rows.add(key, table, seen ? Fresh.NONE : table.fresh(), segment.first(), segment.last());
            }
        }
        return rows;
    }

    private BranchTable table(IndexFiles files, String key) throws IOException {
        BranchTable table = cache.get(key);
        if (table != null) {
            return table;
        }
        ReentrantLock lock = lock(key);
        lock.lock();
        try {
            BranchTable loaded = cache.get(key);
            if (loaded == null) {
                loaded = load(files, key);
                cache.put(key, loaded);
            }
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    private static BranchTable load(IndexFiles files, String key) throws IOException {
        long written = files.writer().getMaxCompletedSequenceNumber();
        files.see(written);
        IndexSearcher searcher = files.searchers().acquire();
        try {
            List<Row> rows = new ArrayList<>();
            for (var stretch : PathDocuments.stretches(searcher.getIndexReader(), key)) {
                rows.addAll(stretch.rows());
            }
            return BranchTable.of(rows, written);
        } finally {
            files.searchers().release(searcher);
        }
    }

    /** Forgets every table: the files have lost writes. */
    void forget() {
        cache.clear();
    }

    private ReentrantLock lock(String key) {
        return locks.get(Math.floorMod(key.hashCode(), LOCKS));
    }
}
