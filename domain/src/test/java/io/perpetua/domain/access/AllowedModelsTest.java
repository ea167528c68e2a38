package io.perpetua.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedModelsTest {

    private static final AllowedModels SOME = new AllowedModels(List.of("openai/gpt-4o", "groq/*", "openai/o*"));

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-4o", "groq/llama", "groq/", "openai/o3"})
    void permit_listedOrBeginsAsListed_isTrue(String model) {
        assertThat(SOME.permit(model)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-4o-mini", "openai/gpt-4", "OPENAI/gpt-4o", "groqs/llama", "gpt-4o", "", "*"})
    void permit_anyOther_isFalse(String model) {
        assertThat(SOME.permit(model)).isFalse();
    }

    @Test
    void permit_nothingListed_isTrueOfEveryModel() {
        assertThat(AllowedModels.ALL.permit("anything/at-all")).isTrue();
        assertThat(new AllowedModels(List.of("*")).permit("anything/at-all")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*/gpt-4o", "openai/*-mini", "openai/**"})
    void list_somethingElse_isRefused(String pattern) {
        assertThatThrownBy(() -> new AllowedModels(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "'");
    }
}
