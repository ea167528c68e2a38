package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.Statistics;
import io.perpetua.application.conversation.Statistics.Totals;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {

    @Test
    void text_totals_saysThemWithTheirAverages() {
        var totals = new Totals(1_200, 36_000, 5_400_600, Map.of(Mode.FULL, 1_000L, Mode.SAFE, 200L));

        assertThat(Stats.text(totals)).isEqualTo("""
                conversations  1,200: 1,000 full, 0 balanced, 200 safe
                turns          36,000, 30.0 a conversation
                tokens         5,400,600, 4500.5 a conversation
                """);
    }

    @Test
    void stats_besideAServer_countsWhatItHolds(@TempDir Path folder) throws Exception {
        var config = folder.resolve("perpetua.yml");
        Files.writeString(config, "perpetua:\n  data: " + folder.resolve("data") + "\n  embedder: none\n");
        try (var context = Contexts.start(config, Map.of())) {
            var message = new Message(Role.USER, "hello", null, List.of(), null, List.of(), "{}");
            Dialogue dialogue = context.getBean(IdentifyConversation.class)
                    .identify(new Scope("local", "default"), null, "a", List.of(message));
            context.getBean(StoreTurns.class).store(dialogue, List.of(new Dated(message, Instant.now())), null);
            assertThat(context.getBean(Statistics.class).totals().turns()).isEqualTo(1);

            var run = CommandLineRun.of("stats", "--config", config.toString());

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("conversations  1: 1 full").contains("turns          1, 1.0");
        }
    }
}
