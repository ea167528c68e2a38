package io.perpetua.adapters.vectordb.memory;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NRTCachingDirectory;

/** An index's files, open for writing and searching. Safe for concurrent use. */
public final class IndexFiles implements Closeable {

    private static final String FORMAT_KEY = "format";
    private static final String REFILLED_KEY = "refilled";
    private static final double BUFFER_MB = 32;
    /** Segments that refreshes write stay in memory up to this size, in MB, until they are committed. */
    private static final double SMALL_SEGMENT = 5;

    /** All of those together, in MB. */
    private static final double SMALL_SEGMENTS = 60;

    /** Where the files are. */
    public interface Place {
        Directory open() throws IOException;
    }

    /**
     * What is in the files.
     *
     * @param name what they are, for people
     * @param format what is in them and how words are made; files of another format are of no use
     * @param order in which they have their documents
     */
    public record Layout(String name, String format, Sort order) {}

    private final Directory directory;
    private final Layout layout;
    private final ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile boolean refilled;
    /** Searches see every write up to this sequence number, and maybe later ones. */
    private volatile long seen;

    private IndexFiles(Directory directory, Layout layout) throws IOException {
        this.directory = directory;
        this.layout = layout;
        this.writer = new IndexWriter(directory, config());
        try {
            Map<String, String> found = committed();
            if (found.isEmpty()) {
                note(false);
            } else if (!layout.format().equals(found.get(FORMAT_KEY))) {
                throw new IndexFormatTooOldException(directory.toString(), "format " + found.get(FORMAT_KEY));
            }
            refilled = Boolean.parseBoolean(found.get(REFILLED_KEY));
            searchers = new SearcherManager(writer, null);
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    /** The folder at {@code path}. */
    public static Directory directory(Path path) throws IOException {
        return new NRTCachingDirectory(new MMapDirectory(path), SMALL_SEGMENT, SMALL_SEGMENTS);
    }

    /** Opens what is there; damaged files, and files of another format, are deleted first, and so are all if asked. */
    static IndexFiles open(Place place, Layout layout, boolean afresh) throws IOException {
        Directory directory = place.open();
        try {
            if (afresh) {
                wipe(directory);
            }
            return attach(directory, layout);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static IndexFiles attach(Directory directory, Layout layout) throws IOException {
        try {
            return new IndexFiles(directory, layout);
        } catch (IOException | IllegalArgumentException e) {
            if (!damage(e)) {
                throw e;
            }
            wipe(directory);
            return new IndexFiles(directory, layout);
        }
    }

    /** Whether {@code e} means that the files are not what was written; an unknown codec is an illegal argument. */
    static boolean damage(Exception e) {
        return e instanceof CorruptIndexException
                || e instanceof IndexFormatTooOldException
                || e instanceof IndexFormatTooNewException
                || e instanceof EOFException
                || e instanceof FileNotFoundException
                || e instanceof NoSuchFileException
                || e instanceof IllegalArgumentException;
    }

    /** Deletes all files, unless another process has them open. */
    private static void wipe(Directory directory) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    lock.ensureValid();
                    directory.deleteFile(file);
                }
            }
        }
    }

    private IndexWriterConfig config() {
        return new IndexWriterConfig(new KeywordAnalyzer())
                .setIndexSort(layout.order())
                .setMergeScheduler(merges)
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
                .setRAMBufferSizeMB(BUFFER_MB);
    }

    private Map<String, String> committed() {
        Map<String, String> data = new HashMap<>();
        var live = writer.getLiveCommitData();
        if (live != null) {
            live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    public IndexWriter writer() {
        return writer;
    }

    public SearcherManager searchers() {
        return searchers;
    }

    public boolean refilled() {
        return refilled;
    }

    /** Commits whether the record's turns are on their way. */
    public void note(boolean allRefilled) throws IOException {
        writer.setLiveCommitData(Map.of(FORMAT_KEY, layout.format(), REFILLED_KEY, Boolean.toString(allRefilled))
                .entrySet());
        writer.commit();
        refilled = allRefilled;
    }

    /** Up to which sequence number searches see every write. */
    long seen() {
        return seen;
    }

    /** Lets searches see every write up to {@code sequence}. */
    public void see(long sequence) throws IOException {
        if (seen < sequence) {
            long through = writer.getMaxCompletedSequenceNumber();
            searchers.maybeRefreshBlocking();
            seenUpTo(through);
        }
    }

    private synchronized void seenUpTo(long sequence) {
        seen = Math.max(seen, sequence);
    }

    /** Commits every write, and lets searches see it. */
    public void commit() throws IOException {
        writer.commit();
        see(writer.getMaxCompletedSequenceNumber());
    }

    /**
     * Writes every segment anew that holds something deleted. Merges that run already are passed over, so they are waited
     * for: before, since one that began before the deletion carries it along, and after, since others may just do what
     * was asked.
     */
    public void expunge() throws IOException {
        writer.flush();
        merges.sync();
        writer.forceMergeDeletes(true);
        merges.sync();
    }

    /** Deletes the files that only searchers of the past hold; none of them may be in use. */
    public void dropOld() throws IOException {
        searchers.maybeRefreshBlocking();
        writer.deleteUnusedFiles();
    }

    /** Gives up what was not committed. */
    void abandon() throws IOException {
        try (directory) {
            searchers.close();
            writer.rollback();
        }
    }

    /** Commits and closes. */
    @Override
    public void close() throws IOException {
        try (directory) {
            searchers.close();
            writer.close();
        }
    }
}
