package io.perpetua.adapters.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.util.Objects;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiUsageTest {

    private static Usage usage(int input, int cached, int written, int output, int reasoning) {
        return new Usage(input, cached, written, output, reasoning, Source.PROVIDER);
    }

    private static ObjectAssert<Usage> assertThatUsage(String json) {
        return assertThat(OpenAiUsage.of(Objects.requireNonNull(Json.parse(json))));
    }

    @Test
    void of_openAisDetails_areTaken() {
        assertThatUsage("""
                        {"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,
                          "prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":5}}}""").isEqualTo(usage(100, 64, 0, 20, 5));
    }

    @Test
    void of_cacheFieldsOfOtherProviders_areTaken() {
        assertThatUsage("{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":4}}")
                .isEqualTo(usage(10, 4, 0, 1, 0));
        assertThatUsage("{\"x_groq\":{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1}}}")
                .isEqualTo(usage(10, 0, 0, 1, 0));
        assertThatUsage(
                        "{\"choices\":[{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1,\"cached_tokens\":3}}]}")
                .isEqualTo(usage(10, 3, 0, 1, 0));
    }

    @Test
    void of_reasoningLeftOutOfTheCompletion_isOutputAllTheSame() {
        assertThatUsage("{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":45}}")
                .isEqualTo(usage(10, 0, 0, 35, 30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"usage\":null}",
                "{\"usage\":{}}",
                "{\"usage\":{\"prompt_tokens\":-4,\"completion_tokens\":1}}",
                "{\"usage\":{\"prompt_tokens\":\"4\",\"completion_tokens\":1}}",
            })
    void of_noUsage_isNull(String json) {
        assertThatUsage(json).isNull();
    }

    @Test
    void write_usage_readsBackAsItself() {
        var written = Json.object().set("usage", OpenAiUsage.write(usage(10, 4, 0, 6, 2)));

        assertThat(OpenAiUsage.of(written)).isEqualTo(usage(10, 4, 0, 6, 2));
    }
}
