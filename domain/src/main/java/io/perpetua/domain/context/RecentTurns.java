package io.perpetua.domain.context;

import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * The last turns of a conversation, in whole exchanges, the newest first to be taken.
 *
 * @param turns those that are sent, ascending
 * @param dropped those that would have been sent, had there been room, ascending
 */
public record RecentTurns(List<Turn> turns, List<Turn> dropped) {

    /**
     * Takes exchanges from the end as long as they fit; one that does not ends it, for what comes before it would
     * stand out of its context.
     *
     * @param candidates ascending
     * @param maxTurns most turns
     * @param maxTokens most tokens
     */
    public static RecentTurns take(List<Turn> candidates, int maxTurns, int maxTokens) {
        var exchanges = Exchanges.of(candidates);
        int turns = 0;
        int tokens = 0;
        int first = exchanges.size();
        while (first > 0) {
            var exchange = exchanges.get(first - 1);
            turns += exchange.size();
            tokens += cost(exchange);
            if (turns > maxTurns || tokens > maxTokens) {
                break;
            }
            first--;
        }
        return new RecentTurns(flat(exchanges.subList(first, exchanges.size())), flat(exchanges.subList(0, first)));
    }

    /** What the turns that are sent cost. */
    public int tokens() {
        return cost(turns);
    }

    private static int cost(List<Turn> turns) {
        return turns.stream().mapToInt(Turn::tokens).sum();
    }

    private static List<Turn> flat(List<List<Turn>> exchanges) {
        var turns = new ArrayList<Turn>();
        exchanges.forEach(turns::addAll);
        return List.copyOf(turns);
    }
}
