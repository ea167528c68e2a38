package io.perpetua.domain.memory;

import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.memory.RankingProfile.Clip;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The turns of a ranking that are worth sending.
 *
 * @param matches rows that were chosen for themselves, the best first
 * @param rows all chosen rows, ascending
 * @param clipped the chosen rows that are not shown whole, with the most tokens of text to show of them
 * @param dropped matches that were left out
 */
public record Selection(
        List<Integer> matches, List<Integer> rows, Map<Integer, Integer> clipped, List<Dropped> dropped) {

    public Selection {
        matches = List.copyOf(matches);
        rows = List.copyOf(rows);
        clipped = Map.copyOf(clipped);
        dropped = List.copyOf(dropped);
    }

    /**
     * How much to take.
     *
     * @param before only turns numbered below this
     * @param matches most matches
     * @param window how many turns on either side a match brings along, within its session
     * @param windowed how many of the best matches bring them; {@link #AS_PROFILED} leaves it to the ranking's profile
     * @param tokens most tokens
     * @param perSession most matches of one session before the others have had their turn, at least 1
     * @param clip most tokens shown of a turn at first, besides what the ranking says
     * @param except numbers of turns that are shown elsewhere
     * @param outstandingOnly whether to leave out what stands out less than {@link RankingProfile#outstanding}
     */
    public record Limits(
            int before,
            int matches,
            int window,
            int windowed,
            int tokens,
            int perSession,
            Clip clip,
            Set<Integer> except,
            boolean outstandingOnly) {

        /** As many as {@link RankingProfile#windowed} of the ranking. */
        public static final int AS_PROFILED = -1;

        /** Where breadth is wanted, a session has so many matches before the others have had their turn. */
        private static final int BROAD_SESSION = 16;

        private static final Clip WHOLE = new Clip(Integer.MAX_VALUE, Integer.MAX_VALUE);

        public Limits {
            if (matches < 0 || window < 0 || windowed < AS_PROFILED || tokens < 0 || perSession < 1) {
                throw new IllegalArgumentException("negative: " + matches + " matches, window " + window + " of "
                        + windowed + ", " + tokens + " tokens, " + perSession + " a session");
            }
            except = Set.copyOf(except);
        }

        /** No matter of which sessions, as much of a turn as the ranking says. */
        public Limits(int before, int matches, int window, int windowed, int tokens) {
            this(before, matches, window, windowed, tokens, Integer.MAX_VALUE, WHOLE, Set.of(), false);
        }

        /** Every match brings its window. */
        public Limits(int before, int matches, int window, int tokens) {
            this(before, matches, window, Integer.MAX_VALUE, tokens);
        }

        /** The same, with another limit of tokens. */
        public Limits withTokens(int otherTokens) {
            return new Limits(
                    before, matches, window, windowed, otherTokens, perSession, clip, except, outstandingOnly);
        }

        /** The same without some turns. */
        public Limits without(Set<Integer> shownElsewhere) {
            return new Limits(
                    before, matches, window, windowed, tokens, perSession, clip, shownElsewhere, outstandingOnly);
        }

        /**
         * As many turns of as many sessions as {@code tokens} hold, each shortly and none with its neighbours.
         *
         * @param matches most of them
         */
        public static Limits broad(int before, int matches, int tokens) {
            return new Limits(
                    before, matches, 0, 0, tokens, BROAD_SESSION, RankingProfile.BROAD_SEARCH, Set.of(), false);
        }

        /**
         * What is worth sending where nobody said how much is wanted: the turns that stand out, as many as {@code tokens}
         * hold, and the turns around as many of the best as the profile says. A question about the past fills the room, a
         * message that nothing bears on does not.
         *
         * @param window how far around
         */
        public static Limits outstanding(int before, int window, int tokens) {
            return new Limits(
                    before, Integer.MAX_VALUE, window, AS_PROFILED, tokens, Integer.MAX_VALUE, WHOLE, Set.of(), true);
        }

        /**
         * As much as {@code tokens} hold; as many of the best matches as the profile says come with a turn on either
         * side. That is for readability: the ranking knows what surrounds a turn, and more or wider windows cost more
         * evidence than they explain.
         */
        public static Limits filling(int before, int tokens) {
            return new Limits(before, Integer.MAX_VALUE, 1, AS_PROFILED, tokens);
        }
    }

    /** What one row would cost if it were shown whole; at least the tokens of its text. */
    @FunctionalInterface
    public interface Cost {

        int of(int row);
    }

    /** Takes the best of {@code ranking}. O(n) in the turns. */
    public static Selection of(Ranking ranking, Limits limits, Cost cost) {
        return new Filling(ranking, limits, cost).run();
    }
}
