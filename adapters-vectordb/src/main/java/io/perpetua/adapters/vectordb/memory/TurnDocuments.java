package io.perpetua.adapters.vectordb.memory;

import io.perpetua.adapters.vectordb.words.WordStream;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermRangeQuery;
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

    private static final FieldType FREQUENCIES = new FieldType();

    static {
        FREQUENCIES.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        FREQUENCIES.setOmitNorms(true);
        FREQUENCIES.freeze();
    }

    private TurnDocuments() {}

    /** What names a branch among all tenants' branches. */
    static String key(Scope scope, String branch) {
        if (branch.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a branch's name has no control characters");
        }
        return scope.tenant() + '\0' + scope.namespace() + '\0' + branch;
    }

    static Term id(String key, int number) {
        return new Term(ID, idBytes(key, number));
    }

    /** The turns of a branch numbered above {@code after}. */
    static Query after(String key, int after) {
        return new TermRangeQuery(ID, idBytes(key, after), idBytes(key, Integer.MAX_VALUE), false, true);
    }

    /** Sorts by key, then by number: numbers are not negative, so their bytes sort as they do. */
    private static BytesRef idBytes(String key, int number) {
        BytesRef name = new BytesRef(key);
        byte[] bytes = ByteBuffer.allocate(name.length + 1 + Integer.BYTES)
                .put(name.bytes, name.offset, name.length)
                .put((byte) 0)
                .putInt(number)
                .array();
        return new BytesRef(bytes);
    }

    static Document of(String key, Row row, List<String> words) {
        var document = new Document();
        document.add(new StringField(ID, idBytes(key, row.number()), Field.Store.NO));
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
            document.add(new BinaryDocValuesField(VECTORS, packed(row.vectors())));
        }
        if (row.passage() != null) {
            document.add(new BinaryDocValuesField(PASSAGE, packed(List.of(row.passage()))));
        }
        document.add(new Field(WORDS, new WordStream(words), FREQUENCIES));
        return document;
    }

    /** Each vector's number of components in four bytes, then its components. */
    private static BytesRef packed(List<Int8Vector> vectors) {
        int size = 0;
        for (Int8Vector vector : vectors) {
            size += Integer.BYTES + vector.codes().length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (Int8Vector vector : vectors) {
            buffer.putInt(vector.codes().length).put(vector.codes());
        }
        return new BytesRef(buffer.array());
    }

    private static List<Int8Vector> unpacked(BytesRef packed) {
        List<Int8Vector> vectors = new ArrayList<>(1);
        ByteBuffer buffer = ByteBuffer.wrap(packed.bytes, packed.offset, packed.length);
        while (buffer.hasRemaining()) {
            byte[] codes = new byte[buffer.getInt()];
            buffer.get(codes);
            vectors.add(new Int8Vector(codes));
        }
        return vectors;
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
                    vectors.advanceExact(document) ? unpacked(vectors.binaryValue()) : List.of(),
                    passage.advanceExact(document)
                            ? unpacked(passage.binaryValue()).getFirst()
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
