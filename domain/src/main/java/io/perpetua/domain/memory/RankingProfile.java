package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;

/*
 * Two kinds of conversation want different ranking. Where people talk with each other, turns are short and alike, and
 * what is said around a turn, who says it and when tell most. Where a user talks with an assistant, the user's turns
 * hold the evidence and the assistant's hold the tokens: the role and the price of a turn tell most, and long turns are
 * cut to what bears on the question. The conversation's own shape decides, by r, the mean tokens of an assistant's turn
 * over those of a user's: r <= 1.5 is a dialogue, r >= 3 a chat, and in between the weights go over evenly in log r,
 * so that no single turn makes the ranking jump.
 */
/**
 * How the turns of a conversation are weighed against each other.
 *
 * @param withVectors weights where an embedder serves
 * @param lexical weights where none does
 * @param detailed most tokens shown of a turn at first, for a question about something
 * @param broad the same for a question about everything
 * @param windowed how many of the best matches are worth a neighbour on either side, where a budget is filled
 * @param outstanding how far a turn must stand out of a conversation to be worth its tokens where nobody asked for more,
 *     in standard deviations of the scores
 */
public record RankingProfile(
        Weights withVectors, Weights lexical, Clip detailed, Clip broad, int windowed, double outstanding) {

    /** People who talk with each other. */
    public static final RankingProfile DIALOGUE = new RankingProfile(
            new Weights(0, 0.5, 0, 0.5, 0.6, 4.5, 0.8, 0, 0),
            new Weights(0, 0.6, 0.4, 0, 0, 4.5, 0.8, 0, 0),
            new Clip(400, 400),
            new Clip(400, 400),
            3,
            1.25);

    /** A user and an assistant that answers at length. */
    public static final RankingProfile CHAT = new RankingProfile(
            new Weights(0.3, 0.3, 0, 0.7, 0, 1.5, 1, 2, 1.5),
            new Weights(0.6, 0.3, 0, 0, 0, 1.5, 1, 2, 1.5),
            new Clip(100, 50),
            new Clip(40, 20),
            1,
            1);

    /** Shown of a turn at first where many turns are wanted rather than long ones: the shortest that costs no answer. */
    static final Clip BROAD_SEARCH = new Clip(75, 38);

    private static final double DIALOGUE_BELOW = 1.5;
    private static final double CHAT_FROM = 3.0;

    /** The profile that the shape of a conversation asks for. O(N). */
    public static RankingProfile of(TurnTable turns) {
        double share = chatShare(turns);
        if (share == 0) {
            return DIALOGUE;
        }
        return share == 1 ? CHAT : DIALOGUE.towards(CHAT, share);
    }

    private static double chatShare(TurnTable turns) {
        double ratio = meanTokens(turns, Role.ASSISTANT) / meanTokens(turns, Role.USER);
        if (Double.isNaN(ratio)) {
            return 0;
        }
        return Math.clamp(Math.log(ratio / DIALOGUE_BELOW) / Math.log(CHAT_FROM / DIALOGUE_BELOW), 0, 1);
    }

    private static double meanTokens(TurnTable turns, Role role) {
        long tokens = 0;
        int count = 0;
        for (int row = 0; row < turns.size(); row++) {
            if (turns.roles().get(row) == role) {
                tokens += turns.tokens()[row];
                count++;
            }
        }
        return count == 0 ? Double.NaN : Math.max(1, (double) tokens / count);
    }

    private RankingProfile towards(RankingProfile other, double share) {
        RankingProfile nearer = share < 0.5 ? this : other;
        return new RankingProfile(
                withVectors.towards(other.withVectors, share),
                lexical.towards(other.lexical, share),
                nearer.detailed,
                nearer.broad,
                nearer.windowed,
                outstanding + share * (other.outstanding - outstanding));
    }

    /**
     * Most tokens that are shown of one turn before everything that matters has found room.
     *
     * @param user of a user's turn, at least 1
     * @param other of anybody else's, at least 1
     */
    public record Clip(int user, int other) {

        public Clip {
            if (user < 1 || other < 1) {
                throw new IllegalArgumentException("nothing would be shown: " + user + ", " + other);
            }
        }

        int of(Role role) {
            return role == Role.USER ? user : other;
        }
    }
}
