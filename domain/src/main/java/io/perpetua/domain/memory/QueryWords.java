package io.perpetua.domain.memory;

import java.util.Set;

/** English words that carry no question: lower case, before stemming. */
public final class QueryWords {

    /** Words that ask rather than name: dropped from a question before its words are looked up, never from turns. */
    public static final Set<String> ASKING = Set.of(
            "what", "when", "where", "which", "who", "whom", "whose", "why", "how", "did", "do", "does", "has", "have",
            "had", "would", "could", "should", "can", "many", "much", "long", "from", "s", "i", "you", "he", "she",
            "his", "her");

    /** Words that mean nothing on their own, the same that Lucene's English analyser drops. */
    public static final Set<String> STOP = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private QueryWords() {}
}
