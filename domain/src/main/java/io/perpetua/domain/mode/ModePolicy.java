package io.perpetua.domain.mode;

/**
 * Chooses a mode by the conversation's own tokens T: {@code full} below {@code balancedFrom}, {@code balanced} below
 * {@code safeFrom}, {@code safe} above. Going back to a freer mode takes T to fall {@code hysteresis} below the
 * threshold, so that a conversation at the edge (erased turns, a corrected count) does not flap.
 *
 * @param balancedFrom tokens from which a conversation is no longer sent whole, at least 1
 * @param safeFrom tokens from which recall goes before recency, above {@code balancedFrom}
 * @param hysteresis share of a threshold to fall below before a freer mode returns, in [0, 1)
 * @param balanced what balanced carries
 * @param safe what safe carries
 */
public record ModePolicy(int balancedFrom, int safeFrom, double hysteresis, Reach balanced, Reach safe) {

    public static final ModePolicy DEFAULT = new ModePolicy(5_000, 20_000, 0.10, new Reach(30, 5), new Reach(40, 7));

    /**
     * How far back a mode reaches.
     *
     * @param recentTurns most recent turns sent verbatim, at least 0
     * @param recalled most recalled matches, at least 0
     */
    public record Reach(int recentTurns, int recalled) {

        /** All of it: the recent part is the conversation and there is nothing left to recall. */
        public static final Reach EVERYTHING = new Reach(Integer.MAX_VALUE, 0);

        public Reach {
            if (recentTurns < 0 || recalled < 0) {
                throw new IllegalArgumentException("negative reach: " + recentTurns + ", " + recalled);
            }
        }
    }

    public ModePolicy {
        if (balancedFrom < 1 || safeFrom <= balancedFrom) {
            throw new IllegalArgumentException(
                    "mode thresholds must rise from 1: balanced from " + balancedFrom + ", safe from " + safeFrom);
        }
        if (!(hysteresis >= 0 && hysteresis < 1)) {
            throw new IllegalArgumentException("hysteresis outside [0, 1): " + hysteresis);
        }
    }

    /**
     * The mode for a conversation of {@code tokens} that was last served in {@code current}.
     *
     * @param tokens the conversation's own tokens, at least 0
     * @param current the mode of its last request; {@link Mode#FULL} for a new one
     */
    public Mode choose(long tokens, Mode current) {
        Mode byTokens = byTokens(tokens, 1);
        return byTokens.compareTo(current) >= 0 ? byTokens : min(current, byTokens(tokens, 1 - hysteresis));
    }

    /** What {@code mode} carries. */
    public Reach reach(Mode mode) {
        return switch (mode) {
            case FULL -> Reach.EVERYTHING;
            case BALANCED -> balanced;
            case SAFE -> safe;
        };
    }

    private Mode byTokens(long tokens, double scale) {
        if (tokens < balancedFrom * scale) {
            return Mode.FULL;
        }
        return tokens < safeFrom * scale ? Mode.BALANCED : Mode.SAFE;
    }

    private static Mode min(Mode a, Mode b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
