package io.perpetua.domain.usage;

import java.util.List;

/**
 * A request as a prompt cache sees it.
 *
 * @param pieces what is sent, in order
 * @param marked how many pieces lie before the client's mark, which says where the part worth caching ends; 0 for none
 * @param priming tokens behind the last piece that open the answer
 */
public record Prompt(List<Piece> pieces, int marked, int priming) {

    public Prompt {
        pieces = List.copyOf(pieces);
        if (marked < 0 || marked > pieces.size() || priming < 0) {
            throw new IllegalArgumentException("a mark behind " + marked + " of " + pieces.size() + " pieces");
        }
    }

    /**
     * A stretch of a prompt that is sent again as a whole or not at all, such as a message.
     *
     * @param text by which it is recognised, role included
     * @param tokens what it costs, overhead included
     */
    public record Piece(String text, int tokens) {

        public Piece {
            if (tokens < 0) {
                throw new IllegalArgumentException("negative tokens: " + tokens);
            }
        }
    }

    /** Every token that is billed. */
    public int tokens() {
        return tokens(pieces.size()) + priming;
    }

    /** What the first {@code count} pieces cost. */
    public int tokens(int count) {
        int tokens = 0;
        for (int i = 0; i < count; i++) {
            tokens += pieces.get(i).tokens();
        }
        return tokens;
    }

    /** How many pieces at the beginning are those of {@code other}. */
    int shared(Prompt other) {
        int most = Math.min(pieces.size(), other.pieces.size());
        int shared = 0;
        while (shared < most && pieces.get(shared).equals(other.pieces.get(shared))) {
            shared++;
        }
        return shared;
    }
}
