package io.perpetua.adapters.vectordb.memory;

import java.nio.ByteBuffer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Names by which Lucene's documents are replaced and erased: a key, which holds no 0, and a number that is not negative. */
public final class NumberedKey {

    private NumberedKey() {}

    /** Sorts by key, then by number: numbers are not negative, so their bytes sort as they do. */
    public static BytesRef of(String key, int number) {
        BytesRef name = new BytesRef(key);
        byte[] bytes = ByteBuffer.allocate(name.length + 1 + Integer.BYTES)
                .put(name.bytes, name.offset, name.length)
                .put((byte) 0)
                .putInt(number)
                .array();
        return new BytesRef(bytes);
    }

    public static Term term(String field, String key, int number) {
        return new Term(field, of(key, number));
    }

    /** Those of a key that are numbered above {@code after}. */
    public static Query after(String field, String key, int after) {
        return new TermRangeQuery(field, of(key, after), of(key, Integer.MAX_VALUE), false, true);
    }
}
