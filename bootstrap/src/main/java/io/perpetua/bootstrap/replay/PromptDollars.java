package io.perpetua.bootstrap.replay;

import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.usage.Prompt;
import io.perpetua.domain.usage.Prompt.Piece;
import io.perpetua.domain.usage.SimulatedPromptCache;
import io.perpetua.domain.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one conversation's prompts cost under the prompt caches of several providers, each way of laying them out. What
 * the answers cost is the same whichever way they are asked for, and is kept apart. Not safe for concurrent use.
 */
public final class PromptDollars {

    private final PromptLayout layout;
    private final MessageTokens tokens;
    private final SlidingWindow window = new SlidingWindow();
    private final List<Piece> past = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();

    /** Nothing yet, under each of {@code caches}. */
    public PromptDollars(List<PricedCache> caches, MessageTokens tokens) {
        this.tokens = tokens;
        layout = new PromptLayout(tokens);
        caches.forEach(cache -> offers.add(new Offer(cache)));
    }

    /**
     * What prompts came to.
     *
     * @param input their tokens
     * @param read those that were read from the cache
     * @param written those that were written to it
     */
    public record Bill(long input, long read, long written, double dollars) {

        static final Bill NOTHING = new Bill(0, 0, 0, 0);

        /** Both together. */
        public Bill plus(Bill other) {
            return new Bill(input + other.input, read + other.read, written + other.written, dollars + other.dollars);
        }
    }

    /** What prompts and answers came to under one provider's prices. */
    public record Row(PricedCache cache, Map<Way, Bill> bills, double answers) {

        public Row {
            bills = Map.copyOf(bills);
        }

        /** What {@code way} came to. */
        public Bill bill(Way way) {
            return bills.getOrDefault(way, Bill.NOTHING);
        }

        /** Our dollars for prompts as a share of those of a full history, 0 where that costs nothing. */
        public double share() {
            double full = bill(Way.FULL_HISTORY).dollars();
            return full == 0 ? 0 : bill(Way.OURS).dollars() / full;
        }

        Row plus(Row other) {
            var sums = new EnumMap<Way, Bill>(Way.class);
            sums.putAll(bills);
            other.bills.forEach((way, bill) -> sums.merge(way, bill, Bill::plus));
            return new Row(cache, sums, answers + other.answers);
        }
    }

    /** Reckons with one more request. */
    public void add(ReplayedRequest request) {
        send(Way.FULL_HISTORY, layout.history(request), request.at());
        send(Way.REWRITTEN, layout.rewritten(request), request.at());
        Prompt ours = layout.ours(request);
        send(Way.OURS, ours, request.at());
        past.addAll(
                layout.pieces(request.past().subList(past.size(), request.past().size())));
        window.add(
                request.at(),
                layout.pieces(request.instructions()),
                past,
                layout.pieces(request.open()),
                ours.tokens());
        int answer = tokens.of(request.answer());
        offers.forEach(offer -> offer.answered(answer));
    }

    /** What it came to so far, provider by provider. */
    public List<Row> rows() {
        return offers.stream().map(offer -> offer.row(window, tokens.counter())).toList();
    }

    private void send(Way way, Prompt prompt, Instant at) {
        offers.forEach(offer -> offer.send(way, prompt, at, tokens.counter()));
    }

    /** What several conversations came to, each under the same caches. */
    public static List<Row> sum(List<List<Row>> conversations) {
        var sums = new ArrayList<>(conversations.getFirst());
        for (List<Row> rows : conversations.subList(1, conversations.size())) {
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i).plus(rows.get(i)));
            }
        }
        return List.copyOf(sums);
    }

    /** One model's caches, one for each way: a client uses but one. */
    private static final class Offer {

        final PricedCache priced;
        final Map<Way, SimulatedPromptCache> caches = new EnumMap<>(Way.class);
        final Map<Way, Bill> bills = new EnumMap<>(Way.class);
        double answers;

        Offer(PricedCache priced) {
            this.priced = priced;
        }

        /** With the window, whose width is known only now, so that it is sent anew. */
        Row row(SlidingWindow window, TokenCounter counter) {
            caches.remove(Way.SLIDING_WINDOW);
            bills.remove(Way.SLIDING_WINDOW);
            window.each((prompt, at) -> send(Way.SLIDING_WINDOW, prompt, at, counter));
            return new Row(priced, bills, answers);
        }

        void send(Way way, Prompt prompt, Instant at, TokenCounter counter) {
            Usage usage = caches.computeIfAbsent(way, _ -> new SimulatedPromptCache(priced.cache(), counter))
                    .send(prompt, at);
            var bill = new Bill(
                    usage.input(),
                    usage.cachedInput(),
                    usage.cacheWrite(),
                    priced.price().of(usage));
            bills.merge(way, bill, Bill::plus);
        }

        void answered(int tokens) {
            answers += priced.price().of(new Usage(0, 0, 0, tokens, 0, Usage.Source.ESTIMATED));
        }
    }
}
