package io.perpetua.adapters.vectordb.vision;

import io.perpetua.adapters.vectordb.memory.IndexFiles;
import io.perpetua.adapters.vectordb.memory.Int8Vector;
import io.perpetua.adapters.vectordb.memory.NumberedKey;
import io.perpetua.adapters.vectordb.memory.PackedVectors;
import io.perpetua.adapters.vectordb.words.WordStream;
import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.application.vision.RegionIndex.Indexed;
import io.perpetua.domain.conversation.Scope;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/**
 * How a region is a Lucene document: its words as postings with frequencies, everything else as doc values. The documents
 * of a scope lie side by side, in reading order, in every segment. Changes need a new format of {@link #LAYOUT}.
 */
final class RegionDocuments {

    /** Whose region: tenant and namespace; neither holds a control character, so 0 separates. */
    static final String SCOPE = "scope";

    static final String DOCUMENT = "document";
    static final String PAGE = "page";
    static final String ORDINAL = "ordinal";
    static final String TYPE = "type";
    static final String LENGTH = "length";
    static final String VECTORS = "vectors";
    static final String WORDS = "words";

    static final IndexFiles.Layout LAYOUT = new IndexFiles.Layout(
            "the index of regions",
            "1",
            new Sort(
                    new SortField(SCOPE, SortField.Type.STRING),
                    new SortField(DOCUMENT, SortField.Type.STRING),
                    new SortField(PAGE, SortField.Type.INT),
                    new SortField(ORDINAL, SortField.Type.INT)));

    /** Which page of which document of which scope. */
    private static final String PLACE = "place";

    private RegionDocuments() {}

    static String key(Scope scope) {
        return scope.tenant() + '\0' + scope.namespace();
    }

    static Term page(Scope scope, String document, int page) {
        return NumberedKey.term(PLACE, key(scope, document), page);
    }

    /** The regions of a document on pages numbered above {@code after}. */
    static Query after(Scope scope, String document, int after) {
        return NumberedKey.after(PLACE, key(scope, document), after);
    }

    private static String key(Scope scope, String document) {
        return key(scope) + '\0' + document;
    }

    static Document of(Scope scope, String document, int page, Indexed region) {
        List<String> words = Words.of(region.text());
        var fields = new Document();
        fields.add(new StringField(PLACE, NumberedKey.of(key(scope, document), page), Field.Store.NO));
        fields.add(new StringField(SCOPE, key(scope), Field.Store.NO));
        fields.add(new SortedDocValuesField(SCOPE, new BytesRef(key(scope))));
        fields.add(new SortedDocValuesField(DOCUMENT, new BytesRef(document)));
        fields.add(new NumericDocValuesField(PAGE, page));
        fields.add(new NumericDocValuesField(ORDINAL, region.ordinal()));
        fields.add(new SortedDocValuesField(TYPE, new BytesRef(region.type().wire())));
        fields.add(new NumericDocValuesField(LENGTH, words.size()));
        if (!region.vectors().isEmpty()) {
            fields.add(new BinaryDocValuesField(
                    VECTORS,
                    PackedVectors.pack(
                            region.vectors().stream().map(Int8Vector::of).toList())));
        }
        fields.add(WordStream.field(WORDS, words));
        return fields;
    }

    /** The best cosine of the vectors that were packed with {@code query}; NaN where none is of the query's kind. */
    static float cosine(BytesRef packed, Int8Vector query) {
        float best = Float.NaN;
        for (Int8Vector vector : PackedVectors.unpack(packed)) {
            float cosine = vector.cosine(query);
            best = Float.isNaN(best) || cosine > best ? cosine : best;
        }
        return best;
    }
}
