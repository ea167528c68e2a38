package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {

    @Test
    void start_searchRecommendsNoFlags(@TempDir Path data) {
        try (var context = Contexts.unhurried(null, data, Map.of("perpetua.embedder", "none"))) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider")
                            .isLoggable(Level.WARNING))
                    .isFalse();
        }
    }
}
