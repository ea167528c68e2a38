package io.perpetua.adapters.llm.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderContract;
import io.perpetua.application.memory.EmbedderUnavailable;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BgeEmbedderTest extends EmbedderContract {

    private static final Path LIBRARIES = Path.of("target", "native");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static BgeEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = new BgeEmbedder(() -> BgeModel.load(LIBRARIES));
    }

    @AfterAll
    static void close() throws Exception {
        embedder.close();
    }

    @Override
    protected Embedder embedder() {
        return embedder;
    }

    @Test
    void embedQuery_sameMeaningInOtherWords_isNearerThanSharedWords() {
        float[] question = query("How do I bake bread?");

        assertThat(dot(question, query("a recipe for making a loaf from flour and yeast")))
                .isGreaterThan(dot(question, query("How do I file taxes?")));
    }

    @Test
    void embedPassage_longBeyondReading_isEmbeddedByItsEnds() {
        String dense = "Zq7!Kx_9".repeat(30_000);

        assertThat(embedder.embedPassage(dense)).hasSize(32);
    }

    @Test
    void embed_noNativeLibrary_isUnavailable() throws Exception {
        try (var broken = new BgeEmbedder(() -> {
            throw new UnsatisfiedLinkError("no library for this machine");
        })) {
            assertThatExceptionOfType(EmbedderUnavailable.class)
                    .isThrownBy(() -> broken.embedQuery("anything"))
                    .withRootCauseInstanceOf(UnsatisfiedLinkError.class);
            assertThatExceptionOfType(EmbedderUnavailable.class).isThrownBy(() -> broken.embedPassage("anything"));
        }
    }

    @Test
    void embed_closed_isUnavailable() throws Exception {
        var closed = new BgeEmbedder(() -> BgeModel.load(LIBRARIES));
        assertThat(closed.embedQuery("before")).isNotNull();

        closed.close();

        assertThatExceptionOfType(EmbedderUnavailable.class).isThrownBy(() -> closed.embedQuery("after"));
        assertThatExceptionOfType(EmbedderUnavailable.class).isThrownBy(() -> closed.embedPassage("after"));
    }

    @Test
    void construct_slowLoad_doesNotWaitForIt() throws Exception {
        var mayLoad = new CountDownLatch(1);
        try (var slow = new BgeEmbedder(() -> {
                    mayLoad.await();
                    return BgeModel.load(LIBRARIES);
                });
                var caller = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = caller.submit(() -> slow.embedPassage("said before it was loaded"));
            assertThat(slow.embedPassage(" ")).isEmpty();

            mayLoad.countDown();

            assertThat(waiting.get()).hasSize(1);
        }
    }

    @Test
    void close_whileLoading_waitsForIt() throws Exception {
        var loaded = new AtomicBoolean();
        var loading = new BgeEmbedder(() -> {
            var model = BgeModel.load(LIBRARIES);
            loaded.set(true);
            return model;
        });

        loading.close();

        assertThat(loaded).isTrue();
    }

    @Test
    void embedPassage_callerInterrupted_staysInterruptedAndIsUnavailable() throws InterruptedException {
        var outcome = new AtomicReference<Object>();
        var caller = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            try {
                outcome.set(embedder.embedPassage("never mind"));
            } catch (EmbedderUnavailable e) {
                outcome.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.join();

        assertThat(outcome.get()).isEqualTo(true);
    }

    private static float[] query(String text) {
        float[] vector = embedder.embedQuery(text);
        assertThat(vector).isNotNull();
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
