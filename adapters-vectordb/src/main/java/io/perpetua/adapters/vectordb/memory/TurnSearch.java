package io.perpetua.adapters.vectordb.memory;

import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.Contrast;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/** One search. Used once, by one thread. */
final class TurnSearch {

    /** Of a longer query the words that come first are looked for: no more is asked by who pastes a document. */
    private static final int MOST_WORDS = 256;

    private final IndexFiles files;
    private final PathRows path;
    private final List<Row> rows;
    private final TurnTable table;

    TurnSearch(IndexFiles files, PathRows path) {
        this.files = files;
        this.path = path;
        this.rows = path.rows();
        this.table = table(rows);
    }

    TurnSignals run(String query, float @Nullable [] vector) throws IOException {
        var lexical = new LexicalSignals(table);
        Map<String, Integer> words = new LinkedHashMap<>();
        Words.ofQuery(query).forEach(word -> words.merge(word, 1, Integer::sum));
        if (!words.isEmpty() && !rows.isEmpty()) {
            score(words, lexical);
        }
        Int8Vector telling = vector == null ? null : telling(vector);
        return lexical.with(table, column(telling, Row::cosine), column(telling, Row::passageCosine));
    }

    private void score(Map<String, Integer> words, LexicalSignals lexical) throws IOException {
        IndexSearcher searcher = files.searchers().acquire();
        try {
            PathDocuments documents = new PathDocuments();
            for (var part : path.parts()) {
                documents.add(searcher.getIndexReader(), part.key(), table.numbers(), part.from(), part.to());
            }
            int[] frequencies = new int[rows.size()];
            int left = MOST_WORDS;
            for (var word : words.entrySet()) {
                if (left-- > 0 && read(word.getKey(), documents, frequencies)) {
                    lexical.add(word.getKey(), frequencies, word.getValue());
                    Arrays.fill(frequencies, 0);
                }
            }
        } finally {
            files.searchers().release(searcher);
        }
    }

    private boolean read(String word, PathDocuments documents, int[] frequencies) throws IOException {
        boolean found = documents.read(word, frequencies);
        for (var part : path.parts()) {
            if (!part.fresh().isEmpty()) {
                part.fresh().count(word, table.numbers(), part.from(), part.to(), frequencies);
                found = Arrays.stream(frequencies).anyMatch(frequency -> frequency > 0);
            }
        }
        return found;
    }

    /** The query's direction, made telling among the vectors of this path. */
    private Int8Vector telling(float[] query) {
        float[] mean = new float[query.length];
        int vectors = 0;
        for (Row row : rows) {
            vectors += row.addTo(mean);
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= Math.max(1, vectors);
        }
        return Int8Vector.of(Contrast.of(unit(query), mean));
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = square == 0 ? 0 : (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }

    private float[] column(@Nullable Int8Vector query, ToFloat value) {
        float[] column = new float[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = query == null ? Float.NaN : value.of(rows.get(i), query);
        }
        return column;
    }

    /** A row's number for a query. */
    private interface ToFloat {
        float of(Row row, Int8Vector query);
    }

    private static TurnTable table(List<Row> rows) {
        int size = rows.size();
        int[] numbers = new int[size];
        Role[] roles = new Role[size];
        @Nullable String[] names = new @Nullable String[size];
        long[] at = new long[size];
        int[] tokens = new int[size];
        int[] lengths = new int[size];
        for (int i = 0; i < size; i++) {
            Row row = rows.get(i);
            numbers[i] = row.number();
            roles[i] = row.role();
            names[i] = row.name();
            at[i] = row.at();
            tokens[i] = row.tokens();
            lengths[i] = row.length();
        }
        return TurnTable.of(numbers, Arrays.asList(roles), Arrays.asList(names), at, tokens, lengths);
    }
}
