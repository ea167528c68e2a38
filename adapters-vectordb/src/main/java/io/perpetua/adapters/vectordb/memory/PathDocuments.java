package io.perpetua.adapters.vectordb.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/**
 * Where the turns of a path are in one state of the index. Since a branch's documents lie side by side, a word's
 * postings are read from the branch's first document to its last, whatever else the index holds.
 */
final class PathDocuments {

    /**
     * A branch's documents in one segment.
     *
     * @param end one after the last
     */
    record Stretch(LeafReader leaf, int first, int end) {

        /** The live documents, rising. */
        List<Row> rows() throws IOException {
            List<Row> rows = new ArrayList<>(end - first);
            var reader = new TurnDocuments.Reader(leaf);
            Bits live = leaf.getLiveDocs();
            for (int document = first; document < end; document++) {
                if (live == null || live.get(document)) {
                    rows.add(reader.read(document));
                }
            }
            return rows;
        }
    }

    /** A stretch, with the row of each of its documents, -1 for those that are not on the path. */
    private static final class Mapped {
        final Stretch stretch;
        final int[] rows;

        Mapped(Stretch stretch, int[] rows) {
            this.stretch = stretch;
            this.rows = rows;
        }
    }

    private final List<Mapped> stretches = new ArrayList<>();

    /** Where each stretch of {@code key}'s turns is. */
    static List<Stretch> stretches(IndexReader reader, String key) throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        for (LeafReaderContext context : reader.leaves()) {
            LeafReader leaf = context.reader();
            Term branch = new Term(TurnDocuments.BRANCH, key);
            PostingsEnum postings = leaf.postings(branch, PostingsEnum.NONE);
            if (postings != null) {
                int first = postings.nextDoc();
                stretches.add(new Stretch(leaf, first, first + leaf.docFreq(branch)));
            }
        }
        return stretches;
    }

    /**
     * Adds the turns that one branch holds.
     *
     * @param numbers of the path's rows, ascending
     * @param from the branch's first row
     * @param to one after its last row
     */
    void add(IndexReader reader, String key, int[] numbers, int from, int to) throws IOException {
        for (Stretch stretch : stretches(reader, key)) {
            stretches.add(new Mapped(stretch, rows(stretch, numbers, from, to)));
        }
    }

    private static int[] rows(Stretch stretch, int[] numbers, int from, int to) throws IOException {
        int[] rows = new int[stretch.end() - stretch.first()];
        NumericDocValues number = DocValues.getNumeric(stretch.leaf(), TurnDocuments.NUMBER);
        Bits live = stretch.leaf().getLiveDocs();
        int row = from;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = -1;
            int document = stretch.first() + i;
            if ((live == null || live.get(document)) && number.advanceExact(document)) {
                int wanted = (int) number.longValue();
                row = seek(numbers, row, to, wanted);
                rows[i] = row < to && numbers[row] == wanted ? row : -1;
            }
        }
        return rows;
    }

    /** The first row from {@code row} on that is numbered {@code wanted} or more; often it is the next one. */
    private static int seek(int[] numbers, int row, int to, int wanted) {
        for (int next = row; next < Math.min(to, row + 2); next++) {
            if (numbers[next] >= wanted) {
                return next;
            }
        }
        int found = Arrays.binarySearch(numbers, row, to, wanted);
        return found < 0 ? -found - 1 : found;
    }

    /**
     * Reads how often each turn has a word.
     *
     * @param frequencies a column of zeros, to be filled
     * @return whether any turn has it
     */
    boolean read(String word, int[] frequencies) throws IOException {
        var term = new BytesRef(word);
        boolean found = false;
        for (Mapped mapped : stretches) {
            found |= read(mapped, term, frequencies);
        }
        return found;
    }

    private static boolean read(Mapped mapped, BytesRef term, int[] frequencies) throws IOException {
        Terms terms = mapped.stretch.leaf().terms(TurnDocuments.WORDS);
        var entry = terms == null ? null : terms.iterator();
        if (entry == null || !entry.seekExact(term)) {
            return false;
        }
        boolean found = false;
        int first = mapped.stretch.first();
        int end = mapped.stretch.end();
        PostingsEnum postings = entry.postings(null, PostingsEnum.FREQS);
        for (int document = postings.advance(first);
                document != DocIdSetIterator.NO_MORE_DOCS && document < end;
                document = postings.nextDoc()) {
            int row = mapped.rows[document - first];
            if (row >= 0) {
                frequencies[row] = postings.freq();
                found = true;
            }
        }
        return found;
    }
}
