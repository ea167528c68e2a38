package io.perpetua.domain.brief;

import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.mode.ModePolicy.Reach;
import java.util.ArrayList;
import java.util.List;

/*
 * How far apart two compactions are is a matter of dollars. Let a provider sell a fresh token at p and one that it read
 * from its cache at c. A compaction rewrites the beginning of every later request, so that B tokens are paid cold: the
 * new brief and the turns that stay. Waiting costs, too: g tokens an exchange, read again with each request. D exchanges
 * apart, a request pays p·B/D for the one and c·g·D/2 for the other, which is least for D = √(2·p·B / (c·g)). (What is
 * paid cold would have been paid as cached anyway: with p - c for p it is exact, and up to a half of p it is no more than
 * 1.5 % cheaper. Without, compactions are rarer, and where nothing is sold at a discount they still do not come with
 * every exchange.)
 */
/**
 * When turns leave the recent part for the brief. The recent part grows, append-only, until it is worth compacting or as
 * long as it may be; then all but its end leave at once, so that between two compactions every request begins as the one
 * before it did.
 *
 * @param maxTokens most tokens of recent turns before they are compacted, at least 1
 * @param keep share of {@code maxTokens} that stays, in [0, 1)
 * @param freshToCached how many times as much a fresh prompt token costs as a cached one, at least 1
 */
public record Compaction(int maxTokens, double keep, double freshToCached) {

    /** What the price of a fresh token is taken to be to that of a cached one where prices are unknown. */
    public static final double UNKNOWN_PRICES = 2;

    public static final Compaction DEFAULT = new Compaction(2_400, 1.0 / 3, UNKNOWN_PRICES);

    public Compaction {
        if (maxTokens < 1 || !(keep >= 0 && keep < 1) || !(freshToCached >= 1)) {
            throw new IllegalArgumentException("not a compaction: " + maxTokens + " tokens, keep " + keep
                    + ", a fresh token at " + freshToCached + " cached ones");
        }
    }

    /**
     * The cheapest number of exchanges between two compactions.
     *
     * @param cold tokens that are paid as fresh ones after a compaction
     * @param perExchange tokens of an exchange, above 0
     */
    public double distance(int cold, double perExchange) {
        return Math.sqrt(2 * freshToCached * cold / perExchange);
    }

    /**
     * The most tokens of recent turns that are not worth compacting yet.
     *
     * @param briefTokens what the brief costs
     * @param perExchange tokens of an exchange, above 0
     */
    int limit(int briefTokens, double perExchange) {
        double growth = distance(briefTokens + stays(), perExchange) * perExchange;
        return (int) Math.min(maxTokens, stays() + growth);
    }

    private int stays() {
        return (int) (maxTokens * keep);
    }

    /**
     * The turns that leave, ascending; none as long as it is not time to. Exchanges leave whole.
     *
     * @param uncovered the turns after those that the brief covers, ascending
     * @param briefTokens what the brief costs, or where there is none yet, may cost
     * @param toTheEnd whether they reach to the conversation's end; if not, they are too many already, and all leave
     *     but the last exchange, which may go on behind them
     * @param reach how many turns may be recent
     */
    public List<Turn> leaving(List<Turn> uncovered, int briefTokens, boolean toTheEnd, Reach reach) {
        var exchanges = Exchanges.of(uncovered);
        int tokens = uncovered.stream().mapToInt(Turn::tokens).sum();
        if (toTheEnd
                && uncovered.size() <= reach.recentTurns()
                && (tokens == 0 || tokens <= limit(briefTokens, (double) tokens / exchanges.size()))) {
            return List.of();
        }
        int stayTurns = toTheEnd ? (int) (reach.recentTurns() * keep) : 0;
        int stayTokens = toTheEnd ? stays() : 0;
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
