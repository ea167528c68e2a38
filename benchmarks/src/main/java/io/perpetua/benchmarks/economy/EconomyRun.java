package io.perpetua.benchmarks.economy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.benchmarks.economy.Breakdown.Item;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import io.perpetua.bootstrap.replay.PricedCache;
import io.perpetua.bootstrap.replay.PromptDollars.Row;
import io.perpetua.bootstrap.replay.ReplayEngine;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.tokens.MessageTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What one conversation cost on its way through the engine.
 *
 * @param setting what was not as configured
 * @param dollars the bills by the time it had so many turns
 * @param items where our dollars went, provider by provider
 * @param sent tokens of each request
 * @param full tokens of the last request with the full history
 */
record EconomyRun(
        Shape shape,
        Setting setting,
        NavigableMap<Integer, List<Row>> dollars,
        List<Map<Item, Double>> items,
        List<Integer> sent,
        long full) {

    private static final long SEED = 20_261_120;

    /**
     * What to try.
     *
     * @param recalled most tokens of recalled turns, null for what is configured
     * @param recent {@code perpetua.memory.recent_tokens}, null for what is configured
     * @param cachedShare {@code perpetua.memory.cached_share}, null for what is configured
     */
    record Setting(
            @Nullable Integer recalled,
            @Nullable Integer recent,
            @Nullable Double cachedShare) {

        private Map<String, Object> overrides() {
            var overrides = new HashMap<String, Object>();
            if (recalled != null) {
                overrides.put(
                        "perpetua.token-budget.recalled", (int) Math.ceil(recalled / BudgetPolicy.WORTH_RECALLING));
            }
            if (recent != null) {
                overrides.put("perpetua.memory.recent-tokens", recent);
            }
            if (cachedShare != null) {
                overrides.put("perpetua.memory.cached-share", cachedShare);
            }
            return overrides;
        }
    }

    static EconomyRun of(Shape shape, int turns, Setting setting, List<PricedCache> caches, ProgressBar progress)
            throws IOException {
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(null, folder, setting.overrides())) {
            var reckoning = new Reckoning(shape, caches, context.getBean(MessageTokens.class), progress);
            new ReplayEngine(context, shape.name(), null).run(messages(shape, turns, context), reckoning);
            return reckoning.run(setting, turns);
        } finally {
            TemporaryFolders.delete(folder);
        }
    }

    private static List<Dated> messages(Shape shape, int turns, ApplicationContext context) {
        var reader = context.getBean(MessageReader.class);
        var json = new ObjectMapper();
        var messages = new ArrayList<Dated>();
        for (String text : Talk.turns(shape, turns, SEED, context.getBean(MessageTokens.class))) {
            String role = messages.size() % 2 == 0 ? "user" : "assistant";
            var message = json.createObjectNode().put("role", role).put("content", text);
            messages.add(new Dated(reader.read(message.toString()), null));
        }
        return messages;
    }

    /** Tokens sent by a mean request among those from the {@code from}th to before the {@code to}th. */
    double meanSent(int from, int to) {
        return sent.subList(from, to).stream()
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
    }
}
