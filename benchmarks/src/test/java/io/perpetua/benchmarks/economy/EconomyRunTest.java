package io.perpetua.benchmarks.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.benchmarks.economy.Breakdown.Item;
import io.perpetua.benchmarks.economy.EconomyRun.Setting;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.replay.PricedCache;
import io.perpetua.bootstrap.replay.Way;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EconomyRunTest {

    private static final String EMBEDDER = "perpetua.embedder";
    private static final int TURNS = 220;
    private static final Shape SHAPE = new Shape("short", 30, 90);

    @BeforeAll
    static void withoutEmbedder() {
        System.setProperty(EMBEDDER, "none"); // what is recalled does not matter here, and it takes long
    }

    @AfterAll
    static void asBefore() {
        System.clearProperty(EMBEDDER);
    }

    @Test
    void run_longConversation_itemsAddUpToTheBill_andLessRecalledCostsLess() throws IOException {
        var caches = PricedCache.load();
        var usual = run(new Setting(null, null, null));
        var less = run(new Setting(300, null, null));

        assertThat(usual.sent()).hasSize(TURNS / 2);
        assertThat(usual.dollars().keySet()).containsExactly(200, TURNS);
        var rows = usual.dollars().lastEntry().getValue();
        assertThat(rows).hasSameSizeAs(caches);
        for (int i = 0; i < rows.size(); i++) {
            double ours = rows.get(i).bill(Way.OURS).dollars();
            var items = usual.items().get(i);
            assertThat(items.values().stream().mapToDouble(each -> each).sum())
                    .as(rows.get(i).cache().id())
                    .isCloseTo(ours, within(1e-9));
            assertThat(items).containsKeys(Item.NEW_TURNS, Item.RECALLED, Item.MESSAGE, Item.SENT_COLD);
            assertThat(less.items().get(i).getOrDefault(Item.RECALLED, 0.0))
                    .isLessThan(items.getOrDefault(Item.RECALLED, 0.0) / 2);
        }
        assertThat(EconomyReport.of(List.of(usual, less)))
                .contains("recalled as configured", "recalled 300", "ours/full, % at 200 turns");
    }

    private static EconomyRun run(Setting setting) throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return EconomyRun.of(SHAPE, TURNS, setting, PricedCache.load(), new ProgressBar(nowhere, 2 * TURNS));
    }
}
