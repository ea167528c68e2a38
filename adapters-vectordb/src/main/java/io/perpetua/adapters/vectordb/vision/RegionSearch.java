package io.perpetua.adapters.vectordb.vision;

import io.perpetua.adapters.vectordb.memory.Int8Vector;
import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionType;
import io.perpetua.domain.vision.RegionWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/*
 * The documents of a scope lie side by side, so they are read from the first to the last, whatever else the index holds,
 * and so are the postings of the query's words. Frequencies are counted exactly, among the regions that pass the filter.
 */
/** One search. Used once, by one thread. */
final class RegionSearch {

    /** Of a longer query the words that come first are looked for. */
    private static final int MOST_WORDS = 256;

    /** A region that passes the filter. */
    private static final class Row {
        private final RegionId id;
        private final int length;
        private final float meaning;
        private int place;

        Row(RegionId id, int length, float meaning) {
            this.id = id;
            this.length = length;
            this.meaning = meaning;
        }

        RegionId id() {
            return id;
        }
    }

    /** A scope's documents in one segment, each with its row, if it passes. */
    private static final class Stretch {
        private final LeafReader leaf;
        private final int first;
        private final @Nullable Row[] rows;

        Stretch(LeafReader leaf, int first, int size) {
            this.leaf = leaf;
            this.first = first;
            this.rows = new @Nullable Row[size];
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    RegionSignals run(IndexReader reader, String scope, RegionFilter filter, String query, float @Nullable [] vector)
            throws IOException {
        var wanted = vector == null ? null : Int8Vector.of(vector);
        for (LeafReaderContext context : reader.leaves()) {
            read(context.reader(), new Term(RegionDocuments.SCOPE, scope), filter, wanted);
        }
        rows.sort((one, other) -> one.id().compareTo(other.id()));
        int[] lengths = new int[rows.size()];
        float[] meaning = new float[rows.size()];
        for (int place = 0; place < lengths.length; place++) {
            Row row = rows.get(place);
            row.place = place;
            lengths[place] = row.length;
            meaning[place] = row.meaning;
        }
        var lexical = new RegionWords(rows.stream().map(Row::id).toList(), lengths);
        score(query, lexical);
        return lexical.with(meaning);
    }

    private void read(LeafReader leaf, Term scope, RegionFilter filter, @Nullable Int8Vector query) throws IOException {
        PostingsEnum postings = leaf.postings(scope, PostingsEnum.NONE);
        if (postings == null) {
            return;
        }
        var stretch = new Stretch(leaf, postings.nextDoc(), leaf.docFreq(scope));
        stretches.add(stretch);
        SortedDocValues document = DocValues.getSorted(leaf, RegionDocuments.DOCUMENT);
        SortedDocValues type = DocValues.getSorted(leaf, RegionDocuments.TYPE);
        NumericDocValues page = DocValues.getNumeric(leaf, RegionDocuments.PAGE);
        NumericDocValues ordinal = DocValues.getNumeric(leaf, RegionDocuments.ORDINAL);
        NumericDocValues length = DocValues.getNumeric(leaf, RegionDocuments.LENGTH);
        BinaryDocValues vectors = DocValues.getBinary(leaf, RegionDocuments.VECTORS);
        Bits live = leaf.getLiveDocs();
        @Nullable String[] names = new @Nullable String[document.getValueCount()];
        for (int i = 0; i < stretch.rows.length; i++) {
            int at = stretch.first + i;
            if (live == null || live.get(at)) {
                String name = name(document, at, names);
                int number = of(page, at);
                if (filter.passes(name, number, type(type, at))) {
                    float near = query != null && vectors.advanceExact(at)
                            ? RegionDocuments.cosine(vectors.binaryValue(), query)
                            : Float.NaN;
                    var row = new Row(new RegionId(name, number, of(ordinal, at)), of(length, at), near);
                    stretch.rows[i] = row;
                    rows.add(row);
                }
            }
        }
    }

    private static String name(SortedDocValues document, int at, @Nullable String[] names) throws IOException {
        if (!document.advanceExact(at)) {
            throw new CorruptIndexException("a region of no document", "document " + at);
        }
        String known = names[document.ordValue()];
        if (known == null) {
            known = document.lookupOrd(document.ordValue()).utf8ToString();
            names[document.ordValue()] = known;
        }
        return known;
    }

    private static RegionType type(SortedDocValues type, int at) throws IOException {
        String wire = type.advanceExact(at) ? type.lookupOrd(type.ordValue()).utf8ToString() : "";
        var known = RegionType.of(wire);
        if (known == null) {
            throw new CorruptIndexException("no type is called " + wire, "document " + at);
        }
        return known;
    }

    private static int of(NumericDocValues values, int at) throws IOException {
        return values.advanceExact(at) ? (int) values.longValue() : 0;
    }

    private void score(String query, RegionWords lexical) throws IOException {
        Map<String, Integer> words = new LinkedHashMap<>();
        Words.ofQuery(query).forEach(word -> words.merge(word, 1, Integer::sum));
        int[] frequencies = new int[rows.size()];
        int left = MOST_WORDS;
        for (var word : words.entrySet()) {
            if (left-- > 0 && count(new BytesRef(word.getKey()), frequencies)) {
                lexical.add(word.getKey(), frequencies, word.getValue());
                Arrays.fill(frequencies, 0);
            }
        }
    }

    private boolean count(BytesRef word, int[] frequencies) throws IOException {
        boolean found = false;
        for (Stretch stretch : stretches) {
            found |= count(stretch, word, frequencies);
        }
        return found;
    }

    private static boolean count(Stretch stretch, BytesRef word, int[] frequencies) throws IOException {
        Terms terms = stretch.leaf.terms(RegionDocuments.WORDS);
        var entry = terms == null ? null : terms.iterator();
        if (entry == null || !entry.seekExact(word)) {
            return false;
        }
        boolean found = false;
        int end = stretch.first + stretch.rows.length;
        PostingsEnum postings = entry.postings(null, PostingsEnum.FREQS);
        for (int at = postings.advance(stretch.first);
                at != DocIdSetIterator.NO_MORE_DOCS && at < end;
                at = postings.nextDoc()) {
            Row row = stretch.rows[at - stretch.first];
            if (row != null) {
                frequencies[row.place] = postings.freq();
                found = true;
            }
        }
        return found;
    }
}
