package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;
import java.util.Arrays;

/*
 * The score of turn i for question q, with z() the standard score over all turns of the path and w the profile's
 * weights, which depend on whether there are vectors:
 *
 *     S(i) = w.own · z(BM25 of i) + w.context · z(BM25 of i twice, i±1, i±2) + w.wide · z(BM25 of i±8)
 *          + w.meaning · z(similarity of i) + w.passage · z(mean similarity of the passages that hold i)
 *          + w.date · date(q, i) + w.speaker · speaker(q, i) + w.user · [the user says i]
 *          - w.brevity · ln(tokens shown of i)
 *
 * Scores are fused, not ranks: how far a turn stands out is what tells. The last but one is a blend: the mean of the
 * similarities around i, nearer ones counting more, gives way to the passages as the conversation grows, for among few
 * passages none stands out. It stands in alone where no passage is embedded yet. Fitted on half of LoCoMo (Maharana et al., 2024) and a
 * quarter of BEAM (Tavakoli et al., 2025), and rounded.
 */
/** Orders a conversation's turns by how much they bear on a question. Pure; O(n log n) in the turns. */
public final class Ranker {

    private static final int STAND_IN_REACH = 6;

    /** In a conversation of so many turns, passages count for half. */
    private static final double PASSAGES_HALF = 400;

    private Ranker() {}

    /** Ranks by the profile that the conversation's own shape asks for. */
    public static Ranking rank(TurnSignals signals, Question question) {
        return rank(signals, question, RankingProfile.of(signals.table()));
    }

    /** Ranks by {@code profile}. */
    public static Ranking rank(TurnSignals signals, Question question, RankingProfile profile) {
        var turns = signals.table();
        boolean vectors = anyPresent(signals.meaning());
        var weights = vectors ? profile.withVectors() : profile.lexical();
        int[] limits = limits(turns, question.broad() ? profile.broad() : profile.detailed());
        double[] score = new double[turns.size()];
        add(score, weights.own(), signals.words());
        add(score, weights.context(), signals.context());
        add(score, weights.wide(), signals.wide());
        if (vectors) {
            double[] meaning = Scale.standard(signals.meaning());
            addTo(score, weights.meaning(), meaning);
            if (weights.passage() != 0) {
                addTo(score, weights.passage(), passage(turns, signals.passage(), meaning));
            }
        }
        addTo(score, weights.date(), DateCue.of(question, turns));
        addTo(score, weights.speaker(), SpeakerCue.of(question, turns));
        for (int row = 0; row < score.length; row++) {
            score[row] += turns.roles().get(row) == Role.USER ? weights.user() : 0;
            score[row] -= weights.brevity() * Math.log(Math.max(1, limits[row]));
        }
        centre(score);
        return new Ranking(signals, profile, order(score), score, limits);
    }

    private static double[] passage(TurnTable turns, float[] passage, double[] meaning) {
        double[] standard = Scale.standard(passage);
        double[] standIn = Scale.standard(around(turns, meaning));
        double share = turns.size() / (turns.size() + PASSAGES_HALF);
        Arrays.setAll(
                standard,
                row -> Float.isNaN(passage[row]) ? standIn[row] : share * standard[row] + (1 - share) * standIn[row]);
        return standard;
    }

    private static double[] around(TurnTable turns, double[] meaning) {
        double[] means = new double[meaning.length];
        int[] sessions = turns.sessions();
        for (int row = 0; row < meaning.length; row++) {
            double sum = 0;
            int weights = 0;
            int last = Math.min(meaning.length - 1, row + STAND_IN_REACH);
            for (int other = Math.max(0, row - STAND_IN_REACH); other <= last; other++) {
                if (sessions[other] == sessions[row]) {
                    int weight = STAND_IN_REACH + 1 - Math.abs(other - row);
                    sum += weight * meaning[other];
                    weights += weight;
                }
            }
            means[row] = sum / weights;
        }
        return means;
    }

    private static int[] limits(TurnTable turns, RankingProfile.Clip clip) {
        int[] limits = new int[turns.size()];
        Arrays.setAll(
                limits,
                row -> Math.min(turns.tokens()[row], clip.of(turns.roles().get(row))));
        return limits;
    }

    private static boolean anyPresent(float[] values) {
        for (float value : values) {
            if (!Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static void add(double[] sum, double weight, double[] raw) {
        if (weight != 0) {
            addTo(sum, weight, Scale.standard(raw));
        }
    }

    private static void addTo(double[] sum, double weight, double[] values) {
        for (int row = 0; row < sum.length; row++) {
            sum[row] += weight * values[row];
        }
    }

    /** Around the average turn, and rounded to what {@link #order} can hold. */
    private static void centre(double[] score) {
        double mean = Arrays.stream(score).average().orElse(0);
        Arrays.setAll(score, row -> (float) (score[row] - mean));
    }

    /** The best first; of equal ones the later. Score and row are sorted as one number, which spares the boxing. */
    private static int[] order(double[] score) {
        long[] keys = new long[score.length];
        for (int row = 0; row < keys.length; row++) {
            int bits = Float.floatToIntBits((float) score[row] + 0f);
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[row] = ((long) ascending << Integer.SIZE) | row;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        Arrays.setAll(order, place -> (int) keys[keys.length - 1 - place]);
        return order;
    }
}
