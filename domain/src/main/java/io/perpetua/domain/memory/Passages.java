package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Turn;
import java.util.List;

/*
 * A turn alone often lacks what it is about; the stretch around it, embedded as one text, has it. A passage ends with
 * every third turn and holds the last six of its session, so that each turn is in two of them, twice a turn's tokens are
 * embedded again, and a passage never changes once it is written.
 */
/** Stretches of a conversation that are embedded as one text, besides the turns on their own. */
public final class Passages {

    /** A passage ends with each turn whose number this divides. */
    public static final int STEP = 3;

    /** How many turns a passage holds at most; fewer at the beginning of a session. */
    public static final int LENGTH = 6;

    /**
     * Tokens of a passage that is worth embedding. Where turns are longer, a user talks with an assistant, and each turn
     * says for itself what it is about: in chats passages measured as useless.
     */
    private static final int MOST_TOKENS = 300;

    private Passages() {}

    /**
     * The turns of the passage that ends with a turn.
     *
     * @param path turns of a path, ascending without gaps; at least {@link #LENGTH} - 1 before that turn, if there are
     * @param end where in {@code path} the turn is
     * @return ascending; empty where no passage ends, or none that is worth embedding
     */
    public static List<Turn> ending(List<Turn> path, int end) {
        if (path.get(end).number() % STEP != 0) {
            return List.of();
        }
        int first = end;
        int tokens = path.get(end).tokens();
        while (first > 0 && end - first + 1 < LENGTH && !border(path.get(first - 1), path.get(first))) {
            first--;
            tokens += path.get(first).tokens();
        }
        return tokens <= MOST_TOKENS ? path.subList(first, end + 1) : List.of();
    }

    private static boolean border(Turn turn, Turn next) {
        return Sessions.border(turn.at().getEpochSecond(), next.at().getEpochSecond());
    }

    /**
     * Gives each turn the mean of the passages that hold it.
     *
     * @param passage the similarity of the passage that ends with each turn, NaN where none does
     * @return NaN for turns that no passage holds yet
     */
    static float[] spread(TurnTable turns, float[] passage) {
        float[] mean = new float[passage.length];
        int[] holding = new int[passage.length];
        for (int end = 0; end < passage.length; end++) {
            for (int row = end; !Float.isNaN(passage[end]) && holds(turns, end, row); row--) {
                mean[row] += passage[end];
                holding[row]++;
            }
        }
        for (int row = 0; row < mean.length; row++) {
            mean[row] = holding[row] == 0 ? Float.NaN : mean[row] / holding[row];
        }
        return mean;
    }

    private static boolean holds(TurnTable turns, int end, int row) {
        return row >= 0
                && turns.numbers()[row] > turns.numbers()[end] - LENGTH
                && turns.sessions()[row] == turns.sessions()[end];
    }
}
