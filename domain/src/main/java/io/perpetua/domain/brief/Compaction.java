package io.perpetua.domain.brief;

import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.mode.ModePolicy.Reach;
import java.util.ArrayList;
import java.util.List;

/**
 * When turns leave the recent part for the brief. The recent part grows, append-only, until it is as long as it may be;
 * then all but its end leave at once, so that between two compactions every request begins as the one before it did.
 *
 * @param maxTokens tokens of recent turns from which on they are compacted, at least 1
 * @param keep share of the recent part that stays, in [0, 1)
 */
public record Compaction(int maxTokens, double keep) {

    public static final Compaction DEFAULT = new Compaction(2_400, 1.0 / 3);

    public Compaction {
        if (maxTokens < 1 || !(keep >= 0 && keep < 1)) {
            throw new IllegalArgumentException("not a compaction: " + maxTokens + " tokens, keep " + keep);
        }
    }

    /**
     * The turns that leave, ascending; none as long as it is not time to. Exchanges leave whole.
     *
     * @param uncovered the turns after those that the brief covers, ascending
     * @param toTheEnd whether they reach to the conversation's end; if not, they are too many already, and all leave
     *     but the last exchange, which may go on behind them
     * @param reach how many turns may be recent
     */
    public List<Turn> leaving(List<Turn> uncovered, boolean toTheEnd, Reach reach) {
        int tokens = uncovered.stream().mapToInt(Turn::tokens).sum();
        if (toTheEnd && uncovered.size() <= reach.recentTurns() && tokens <= maxTokens) {
            return List.of();
        }
        int stayTurns = toTheEnd ? (int) (reach.recentTurns() * keep) : 0;
        int stayTokens = toTheEnd ? (int) (maxTokens * keep) : 0;
        var exchanges = Exchanges.of(uncovered);
        int turns = 0;
        int spent = 0;
        int staying = exchanges.size() - 1; // the last exchange always stays: it may not be over
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            turns += exchanges.get(i).size();
            spent += exchanges.get(i).stream().mapToInt(Turn::tokens).sum();
            if (turns > stayTurns || spent > stayTokens) {
                break;
            }
            staying = i;
        }
        var leaving = new ArrayList<Turn>();
        exchanges
                .subList(0, Math.max(0, Math.min(staying, exchanges.size() - 1)))
                .forEach(leaving::addAll);
        return List.copyOf(leaving);
    }
}
