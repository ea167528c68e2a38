package io.perpetua.adapters.vectordb.words;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.QueryWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The words that turns are found by: English stop words left out, the rest reduced to stems. A change here changes what
 * is in the index, so it needs a new format of each index.
 */
public final class Words {

    private static final CharArraySet STOP = EnglishAnalyzer.ENGLISH_STOP_WORDS_SET;

    private Words() {}

    /** What a message is indexed with, its speaker's name first; with repetitions, in order. */
    public static List<String> of(Message message) {
        String said = message.name() == null ? message.text() : message.name() + ": " + message.text();
        return of(said);
    }

    /** What a text is indexed with; with repetitions, in order. */
    public static List<String> of(String text) {
        List<String> words = Tokens.of(text, true);
        words.removeIf(STOP::contains);
        return stems(words);
    }

    /** What a query looks for; with repetitions, in order. */
    public static List<String> ofQuery(String query) {
        List<String> words = Tokens.of(query, false);
        words.removeIf(word -> STOP.contains(word) || QueryWords.ASKING.contains(word));
        return stems(words);
    }

    private static List<String> stems(List<String> words) {
        List<String> stems = new ArrayList<>(words.size());
        try (var stream = new PorterStemFilter(new WordStream(words))) {
            CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                stems.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a list does not fail", e);
        }
        return stems;
    }
}
