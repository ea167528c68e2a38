package io.perpetua.benchmarks.memory;

import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Ranking;
import io.perpetua.domain.memory.RankingProfile;
import io.perpetua.domain.memory.Selection;
import io.perpetua.domain.memory.Selection.Limits;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/*
 * The reference lines of lexical retrieval: with own the BM25 of a turn's own words, and near the BM25 of the turn twice
 * and the two turns on either side once,
 *
 *     BM25   own
 *     mix    own + 0.5 · near
 *
 * Turns are taken in that order, ties to the later one. With windows, each brings the two turns on either side, of the
 * same session, itself first and then the nearest; what does not fit is skipped.
 *
 * The comparison is of ranking alone, so all else is what the served context has: the same stemmed words of the same
 * index, the same rules of filling, the same labels on lines and the same count of tokens. Only whole turns are shown,
 * for clipping them is Perpetua's. A line is priced at what it costs with its label; headings and dates are found when
 * the whole is counted, and what they are too much is taken off and tried again.
 */
/** One of the lexical reference lines over one conversation. Not safe for concurrent use. */
final class LexicalLine implements Method {

    private final List<Turn> turns;
    private final Function<String, TurnSignals> search;
    private final double near;
    private final int window;
    private final TokenCounter counter;
    private final int[] prices;

    /**
     * A line over these turns.
     *
     * @param turns the whole conversation, turn 1 first
     * @param search the signals of a question, for the same turns
     * @param near what the neighbourhood counts beside the turn's own words
     * @param window how many turns on either side come along
     */
    LexicalLine(List<Turn> turns, Function<String, TurnSignals> search, double near, int window, TokenCounter counter) {
        this.turns = turns;
        this.search = search;
        this.near = near;
        this.window = window;
        this.counter = counter;
        prices = turns.stream().mapToInt(this::price).toArray();
    }

    /** What one more line costs where its day is named already. */
    private int price(Turn turn) {
        var line = excerpt(turn);
        return counter.count(Sections.recalled(List.of(line, line))) - counter.count(Sections.recalled(List.of(line)));
    }

    @Override
    public List<Integer> within(String question, int tokens) {
        for (int left = tokens; left > 0; ) {
            var rows = Selection.of(ranking(question, left), filling(left), row -> prices[row])
                    .rows();
            var shown = rows.stream().map(turns::get).map(LexicalLine::excerpt).toList();
            int cost = counter.count(Sections.recalled(shown));
            if (cost <= tokens) {
                return rows.stream().map(row -> row + 1).toList();
            }
            left -= cost - tokens;
        }
        return List.of();
    }

    @Override
    public List<Integer> best(String question, int depth) {
        return Arrays.stream(ranking(question, Integer.MAX_VALUE).order())
                .limit(depth)
                .mapToObj(row -> row + 1)
                .toList();
    }

    private Limits filling(int tokens) {
        return new Limits(turns.size() + 1, Integer.MAX_VALUE, window, tokens);
    }

    /** What does not fit whole comes last, for the first one would be cut to fit. */
    private Ranking ranking(String question, int tokens) {
        var signals = search.apply(question);
        if (signals.table().size() != turns.size()) {
            throw new IllegalStateException(signals.table().size() + " of " + turns.size() + " turns are indexed");
        }
        double[] score = new double[turns.size()];
        Arrays.setAll(score, row -> signals.words()[row] + near * signals.context()[row]);
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> prices[row] <= tokens)
                        .thenComparingDouble(row -> score[row])
                        .thenComparingInt(row -> row)
                        .reversed())
                .mapToInt(row -> row)
                .toArray();
        return new Ranking(
                signals, RankingProfile.DIALOGUE, order, score, signals.table().tokens());
    }

    private static Excerpt excerpt(Turn turn) {
        var message = turn.message();
        return new Excerpt(turn.number(), message.role(), message.name(), turn.at(), message.text());
    }
}
