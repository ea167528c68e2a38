package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;

/**
 * The kind of conversation, which decides how much each signal counts.
 *
 * @param words weight of the turn's own words
 * @param context weight of the words around it too
 * @param meaning weight of the turn's meaning
 * @param around weight of the meaning of the turns beside it
 * @param user what being the user's turn is worth
 * @param length what the logarithm of a turn's tokens costs
 */
public record RankingProfile(double words, double context, double meaning, double around, double user, double length) {

    /** Two or more people, turns of like length. */
    public static final RankingProfile DIALOGUE = new RankingProfile(0, 0.6, 0.7, 0.2, 0, 0);

    /** A user and an assistant: the user's turns carry the evidence, the assistant's the tokens. */
    public static final RankingProfile CHAT = new RankingProfile(0.3, 0.3, 0.7, 0.1, 2.0, 1.0);

    /** From here on an assistant's turns are so much longer than the user's that it is no dialogue of people. */
    private static final double CHAT_FROM = 3.0;

    /** The profile of a conversation, by the mean length of its assistant's turns over its user's. */
    public static RankingProfile of(TurnTable table) {
        double user = meanTokens(table, Role.USER);
        double assistant = meanTokens(table, Role.ASSISTANT);
        return user > 0 && assistant >= CHAT_FROM * user ? CHAT : DIALOGUE;
    }

    private static double meanTokens(TurnTable table, Role role) {
        long tokens = 0;
        int turns = 0;
        for (int row = 0; row < table.size(); row++) {
            if (table.roles().get(row) == role) {
                tokens += table.tokens()[row];
                turns++;
            }
        }
        return turns == 0 ? 0 : (double) tokens / turns;
    }
}
