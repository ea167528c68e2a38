package io.perpetua.adapters.vectordb.memory;

import io.perpetua.adapters.vectordb.words.WordStream;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * How a turn is a Lucene document: its words as postings with frequencies, everything else as doc values. The documents
 * of a branch lie side by side, in the order of their numbers, in every segment. Changes need a new format of
 * {@link #LAYOUT}.
 */
final class TurnDocuments {

    /** Whose turn: tenant, namespace and branch; none of them holds a control character, so 0 separates. */
    static final String BRANCH = "branch";

    static final String NUMBER = "number";
    static final String WORDS = "words";

    /** Since format 2 with passages. */
    static final IndexFiles.Layout LAYOUT = new IndexFiles.Layout(
            "the turn index",
            "2",
            new Sort(new SortField(BRANCH, SortField.Type.STRING), new SortField(NUMBER, SortField.Type.INT)));

    private static final String ID = "id";
    private static final String ROLE = "role";
    private static final String NAME = "name";
    private static final String AT = "at";
    private static final String TOKENS = "tokens";
    private static final String LENGTH = "length";
    private static final String VECTORS = "vectors";
    private static final String PASSAGE = "passage";

    private TurnDocuments() {}

    /** What names a branch among all tenants' branches. */
    static String key(Scope scope, String branch) {
        if (branch.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a branch's name has no control characters");
        }
        return scope.tenant() + '\0' + scope.namespace() + '\0' + branch;
    }

    static Term id(String key, int number) {
        return NumberedKey.term(ID, key, number);
    }

    /** The turns of a branch numbered above {@code after}. */
    static Query after(String key, int after) {
        return NumberedKey.after(ID, key, after);
    }

    static Document of(String key, Row row, List<String> words) {
        var document = new Document();
        document.add(new StringField(ID, NumberedKey.of(key, row.number()), Field.Store.NO));
        document.add(new StringField(BRANCH, key, Field.Store.NO));
        document.add(new SortedDocValuesField(BRANCH, new BytesRef(key)));
        document.add(new NumericDocValuesField(NUMBER, row.number()));
        document.add(new SortedDocValuesField(ROLE, new BytesRef(row.role().wire())));
        document.add(new NumericDocValuesField(AT, row.at()));
        document.add(new NumericDocValuesField(TOKENS, row.tokens()));
        document.add(new NumericDocValuesField(LENGTH, row.length()));
        if (row.name() != null) {
            document.add(new SortedDocValuesField(NAME, new BytesRef(row.name())));
        }
        if (!row.vectors().isEmpty()) {
            document.add(new BinaryDocValuesField(VECTORS, PackedVectors.pack(row.vectors())));
        }
        if (row.passage() != null) {
            document.add(new BinaryDocValuesField(PASSAGE, PackedVectors.pack(List.of(row.passage()))));
        }
        document.add(WordStream.field(WORDS, words));
        return document;
    }

    /** Reads rows of one segment. The documents asked for must rise. */
    static final class Reader {

        private final NumericDocValues number;
        private final SortedDocValues role;
        private final NumericDocValues at;
        private final NumericDocValues tokens;
        private final NumericDocValues length;
        private final SortedDocValues name;
        private final BinaryDocValues vectors;
        private final BinaryDocValues passage;

        Reader(LeafReader leaf) throws IOException {
            number = DocValues.getNumeric(leaf, NUMBER);
            role = DocValues.getSorted(leaf, ROLE);
            at = DocValues.getNumeric(leaf, AT);
            tokens = DocValues.getNumeric(leaf, TOKENS);
            length = DocValues.getNumeric(leaf, LENGTH);
            name = DocValues.getSorted(leaf, NAME);
            vectors = DocValues.getBinary(leaf, VECTORS);
            passage = DocValues.getBinary(leaf, PASSAGE);
        }

        Row read(int document) throws IOException {
            return new Row(
                    (int) of(number, document),
                    role(document),
                    text(name, document),
                    of(at, document),
                    (int) of(tokens, document),
                    (int) of(length, document),
                    vectors.advanceExact(document) ? PackedVectors.unpack(vectors.binaryValue()) : List.of(),
                    passage.advanceExact(document)
                            ? PackedVectors.unpack(passage.binaryValue()).getFirst()
                            : null);
        }

        private Role role(int document) throws IOException {
            String wire = text(role, document);
            Role known = wire == null ? null : Role.of(wire);
            if (known == null) {
                throw new CorruptIndexException("no role is called " + wire, "document " + document);
            }
            return known;
        }

        private static @Nullable String text(SortedDocValues values, int document) throws IOException {
            return values.advanceExact(document)
                    ? values.lookupOrd(values.ordValue()).utf8ToString()
                    : null;
        }

        private static long of(NumericDocValues values, int document) throws IOException {
            return values.advanceExact(document) ? values.longValue() : 0;
        }
    }
}
