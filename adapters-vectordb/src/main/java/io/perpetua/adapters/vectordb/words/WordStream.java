package io.perpetua.adapters.vectordb.words;

import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/** A list of words as Lucene reads them. Read once, by one thread. */
public final class WordStream extends TokenStream {

    private static final FieldType FREQUENCIES = new FieldType();

    static {
        FREQUENCIES.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        FREQUENCIES.setOmitNorms(true);
        FREQUENCIES.freeze();
    }

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final List<String> words;
    private int next;

    WordStream(List<String> words) {
        this.words = words;
    }

    /** The words as postings with frequencies. */
    public static Field field(String name, List<String> words) {
        return new Field(name, new WordStream(words), FREQUENCIES);
    }

    @Override
    public boolean incrementToken() {
        if (next == words.size()) {
            return false;
        }
        clearAttributes();
        term.append(words.get(next++));
        return true;
    }
}
