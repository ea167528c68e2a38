package io.perpetua.adapters.llm.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The tokens of an encoding and their ranks; among neighbours the lowest rank is joined first. Immutable. */
final class Vocabulary {

    /** The rank of what is no token: behind all others. */
    static final int NONE = Integer.MAX_VALUE;

    private static final int SINGLE_BYTES = 256;

    private final ShortTokens shortTokens;
    private final LongTokens longTokens;
    private final int longest;

    private Vocabulary(List<Entry> entries) {
        var longer = entries.stream()
                .filter(e -> e.token.length > ShortTokens.LONGEST)
                .toList();
        shortTokens = new ShortTokens(entries.size() - longer.size());
        longTokens = new LongTokens(
                longer.size(), longer.stream().mapToInt(e -> e.token.length).sum());
        longest = entries.stream().mapToInt(e -> e.token.length).max().orElse(0);
        for (Entry entry : entries) {
            if (entry.token.length > ShortTokens.LONGEST) {
                longTokens.add(entry.token, entry.rank);
            } else {
                shortTokens.add(entry.token, entry.rank);
            }
        }
    }

    /**
     * Reads a vocabulary in tiktoken's format: a line for each token, its bytes in base64, a space, its rank.
     *
     * @throws IOException if it cannot be read or is not such a file
     */
    static Vocabulary read(InputStream in) throws IOException {
        byte[] file = in.readAllBytes();
        List<Entry> entries = new ArrayList<>();
        try {
            for (int at = 0; at < file.length; ) {
                int space = indexOf(file, ' ', at);
                int end = indexOf(file, '\n', space);
                entries.add(new Entry(decode(file, at, space), number(file, space + 1, end)));
                at = end + 1;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not a vocabulary in tiktoken's format", e);
        }
        if (entries.stream().filter(e -> e.token.length == 1).count() != SINGLE_BYTES) {
            throw new IOException("a vocabulary without a token for every byte");
        }
        return new Vocabulary(entries);
    }

    /** The rank of the token that is bytes [from, to), at least one, of {@code text}; {@link #NONE} if it is none. */
    int rank(byte[] text, int from, int to) {
        int length = to - from;
        if (length <= ShortTokens.LONGEST) {
            return shortTokens.rank(text, from, length);
        }
        return length <= longest ? longTokens.rank(text, from, length) : NONE;
    }

    private static int indexOf(byte[] file, char wanted, int from) {
        int at = from;
        while (at < file.length && file[at] != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] decode(byte[] file, int from, int to) {
        byte[] encoded = new byte[to - from];
        System.arraycopy(file, from, encoded, 0, encoded.length);
        byte[] token = Base64.getDecoder().decode(encoded);
        if (token.length == 0) {
            throw new IllegalArgumentException("empty token");
        }
        return token;
    }

    private static int number(byte[] file, int from, int to) {
        if (from >= to || file[from] == '-') {
            throw new IllegalArgumentException("a token without a rank");
        }
        return Integer.parseInt(new String(file, from, to - from, US_ASCII));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared; lives while a file is read
    private record Entry(byte[] token, int rank) {}
}
