package io.perpetua.benchmarks.economy;

import io.perpetua.bootstrap.replay.PricedCache;
import io.perpetua.bootstrap.replay.PromptLayout;
import io.perpetua.bootstrap.replay.ReplayedRequest;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.usage.Prompt;
import io.perpetua.domain.usage.Prompt.Piece;
import io.perpetua.domain.usage.SimulatedPromptCache;
import io.perpetua.domain.usage.Usage;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Where our dollars go under one provider's prices. Not safe for concurrent use. */
final class Breakdown {

    private static final double MILLION = 1_000_000;

    private final PricedCache priced;
    private final SimulatedPromptCache cache;
    private final Map<Item, Double> dollars = new EnumMap<>(Item.class);
    private Set<Piece> before = new HashSet<>();

    Breakdown(PricedCache priced, MessageTokens tokens) {
        this.priced = priced;
        cache = new SimulatedPromptCache(priced.cache(), tokens.counter());
    }

    /** What is paid for. */
    enum Item {
        /** Instructions, anchors and brief that were read from the cache. */
        PREFIX_READ,
        /** Recent turns that were read from the cache. */
        RECENT_READ,
        /** What was paid again as if it were new: after a compaction, or below the cache's minimum or step. */
        SENT_COLD,
        /** Turns that are among the recent ones for the first time. */
        NEW_TURNS,
        RECALLED,
        /** What the user says, and the priming of the answer. */
        MESSAGE
    }

    /** Reckons with one more request, which is sent as {@code prompt}. */
    void add(ReplayedRequest request, Prompt prompt) {
        Usage usage = cache.send(prompt, request.at());
        int asked = PromptLayout.asked(request);
        int recalled = request.report().tokens().parts().getOrDefault(Part.RETRIEVED, 0);
        int from = 0;
        for (int i = 0; i < prompt.pieces().size(); i++) {
            Piece piece = prompt.pieces().get(i);
            int to = from + piece.tokens();
            double read = paid(from, Math.min(to, usage.cachedInput()), usage);
            double rest = paid(Math.max(from, usage.cachedInput()), to, usage);
            if (i >= asked) {
                double share = i == asked && piece.tokens() > 0 ? (double) recalled / piece.tokens() : 0;
                add(Item.RECALLED, (read + rest) * share);
                add(Item.MESSAGE, (read + rest) * (1 - share));
            } else if (request.sent().get(i).role().instructs()) {
                add(Item.PREFIX_READ, read);
                add(Item.SENT_COLD, rest);
            } else {
                add(Item.RECENT_READ, read);
                add(before.contains(piece) ? Item.SENT_COLD : Item.NEW_TURNS, rest);
            }
            from = to;
        }
        add(Item.MESSAGE, prompt.priming() * priced.price().input() / MILLION);
        before = new HashSet<>(prompt.pieces().subList(0, asked));
    }

    /** Dollars for each item. */
    Map<Item, Double> dollars() {
        return Map.copyOf(dollars);
    }

    /** What the tokens between two places in a prompt cost. */
    private double paid(int from, int to, Usage usage) {
        int written = usage.cachedInput() + usage.cacheWrite();
        int read = within(from, to, 0, usage.cachedInput());
        int wrote = within(from, to, usage.cachedInput(), written);
        int fresh = Math.max(0, to - from) - read - wrote;
        var price = priced.price();
        return (read * price.cachedInput() + wrote * price.cacheWrite() + fresh * price.input()) / MILLION;
    }

    private static int within(int from, int to, int first, int end) {
        return Math.max(0, Math.min(to, end) - Math.max(from, first));
    }

    private void add(Item item, double amount) {
        dollars.merge(item, amount, Double::sum);
    }
}
