package io.perpetua.adapters.vectordb.memory;

import io.perpetua.domain.conversation.Role;
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
        return lexical.with(table, meaning(vector));
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

    private float[] meaning(float @Nullable [] vector) {
        float[] meaning = new float[rows.size()];
        Int8Vector query = vector == null ? null : Int8Vector.of(vector);
        for (int i = 0; i < meaning.length; i++) {
            meaning[i] = query == null ? Float.NaN : rows.get(i).cosine(query);
        }
        return meaning;
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
