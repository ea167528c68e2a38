package io.perpetua.benchmarks.economy;

import io.perpetua.benchmarks.economy.EconomyRun.Setting;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.replay.PricedCache;
import io.perpetua.bootstrap.replay.PromptDollars;
import io.perpetua.bootstrap.replay.PromptLayout;
import io.perpetua.bootstrap.replay.ReplayEngine;
import io.perpetua.bootstrap.replay.ReplayedRequest;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Reckons with a conversation while it goes through the engine. */
final class Reckoning implements ReplayEngine.Listener {

    /** After how many turns the bills are kept. */
    private static final Set<Integer> CHECKED = Set.of(200, 500, 1_000, 2_000);

    private final Shape shape;
    private final ProgressBar progress;
    private final PromptDollars sums;
    private final PromptLayout layout;
    private final List<Breakdown> breakdowns;
    private final NavigableMap<Integer, List<PromptDollars.Row>> dollars = new TreeMap<>();
    private final List<Integer> sent = new ArrayList<>();
    private long full;
    private int told;

    Reckoning(Shape shape, List<PricedCache> caches, MessageTokens tokens, ProgressBar progress) {
        this.shape = shape;
        this.progress = progress;
        sums = new PromptDollars(caches, tokens);
        layout = new PromptLayout(tokens);
        breakdowns = caches.stream().map(cache -> new Breakdown(cache, tokens)).toList();
    }

    @Override
    public void requested(ReplayedRequest request) {
        sums.add(request);
        var prompt = layout.ours(request);
        breakdowns.forEach(each -> each.add(request, prompt));
        sent.add(request.report().tokens().sent());
        full = request.report().tokens().full();
    }

    @Override
    public void told(Message message) {
        told++;
        if (CHECKED.contains(told)) {
            dollars.put(told, sums.rows());
        }
        progress.step(shape.name());
    }

    /** What it came to after {@code turns} turns. */
    EconomyRun run(Setting setting, int turns) {
        dollars.putIfAbsent(turns, sums.rows());
        var items = breakdowns.stream().map(Breakdown::dollars).toList();
        return new EconomyRun(shape, setting, dollars, items, List.copyOf(sent), full);
    }
}
