package io.perpetua.domain.tokens;

/** The fallback where no encoding is known: 1.3 tokens a word, rounded up, a word being a run of non-space. */
public enum WordEstimate implements TokenCounter {
    INSTANCE;

    private static final double TOKENS_PER_WORD = 1.3;

    @Override
    public int count(String text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
        }
        return (int) Math.ceil(words * TOKENS_PER_WORD);
    }
}
