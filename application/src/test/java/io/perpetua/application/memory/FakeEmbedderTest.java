package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class FakeEmbedderTest extends EmbedderContract {

    private final FakeEmbedder embedder = new FakeEmbedder();

    @Override
    protected Embedder embedder() {
        return embedder;
    }

    @Test
    void embed_goneAway_failsUntilItIsBack() {
        embedder.goAway();
        assertThatExceptionOfType(EmbedderUnavailable.class).isThrownBy(() -> embedder.embedQuery("anyone there?"));

        embedder.comeBack();
        assertThat(embedder.embedQuery("anyone there?")).isNotNull();
    }
}
