package io.perpetua.adapters.vectordb.memory;

import static io.perpetua.adapters.vectordb.memory.Fixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.TurnIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WiringTest {

    @TempDir
    private Path data;

    @Test
    void context_byDefault_hasTheIndexInTheDataDirectory() {
        try (var context = ApplicationContext.run(Map.of("perpetua.data", data.toString()))) {
            context.getBean(TurnIndex.class).put(List.of(turn("a", 1, "lantern")));
        }

        assertThat(data.resolve("index")).isDirectoryContaining("glob:**segments_*");
    }

    @Test
    void context_anotherIndexConfigured_hasNotThisOne() {
        try (var context =
                ApplicationContext.run(Map.of("perpetua.data", data.toString(), "perpetua.index", "elsewhere"))) {
            assertThat(context.containsBean(TurnIndex.class)).isFalse();
        }
    }
}
