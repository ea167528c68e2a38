package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.usage.Price;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsTest {

    private final Models models = new Models(List.of(
            provider("router", true, "openai/gpt", "free"),
            provider("openai", true, "gpt", "mini"),
            provider("closed", false, "own", "mini")));

    @Test
    void target_auto_isTheFirstProvidersFirstModel() {
        assertThat(id("auto")).isEqualTo("router/openai/gpt");
    }

    @Test
    void target_providerAndModel_isPinned() {
        assertThat(id("closed/mini")).isEqualTo("closed/mini");
        assertThat(id("router/free")).isEqualTo("router/free");
    }

    @Test
    void target_nameThatAnotherProviderUsesForItsModel_isThatOfTheProviderItBeginsWith() {
        assertThat(id("openai/gpt")).isEqualTo("openai/gpt");
        assertThat(id("router/openai/gpt")).isEqualTo("router/openai/gpt");
    }

    @Test
    void target_bareName_isTheFirstKnownOfThatName() {
        assertThat(id("mini")).isEqualTo("openai/mini");
        assertThat(id("own")).isEqualTo("closed/own");
    }

    @Test
    void target_unlistedModelOfAnOpenProvider_isAskedForThere() {
        assertThat(id("openai/brand-new")).isEqualTo("openai/brand-new");
        assertThat(models.target("openai/brand-new").model().price()).isNull();
        assertThat(id("unheard-of")).isEqualTo("router/unheard-of");
    }

    @Test
    void target_unlistedModelOfWhichSomethingIsKnown_isOfferedWithThat() {
        var known = new Models(
                List.of(provider("openai", true, "gpt")),
                (provider, name) -> new ModelInfo(provider, name, 7_000, new Price(1, 1, 1, 2)));
        for (String name : List.of("openai/other", "other")) {
            assertThat(known.target(name).model())
                    .isEqualTo(new ModelInfo("openai", "other", 7_000, new Price(1, 1, 1, 2)));
        }
        assertThat(known.target("gpt").model().price())
                .as("listed without a price")
                .isNull();
    }

    @Test
    void target_unlistedNameWithASlash_isNotGuessedAtWhereSeveralMayHaveIt() {
        for (String name : List.of("opnai/gpt", "openai/", "nobody/model")) {
            assertThatThrownBy(() -> models.target(name))
                    .isInstanceOfSatisfying(
                            RequestRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo("model_not_found"));
        }
        var alone = new Models(List.of(provider("router", true, "free"), provider("offline", false, "offline")));
        assertThat(alone.target("lab/model").model().id()).isEqualTo("router/lab/model");
    }

    @Test
    void target_nobodyServesIt_isRefusedWithWhatThereIs() {
        var closed = new Models(List.of(provider("closed", false, "own")));

        assertThatThrownBy(() -> closed.target("other"))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND);
                    assertThat(refused.param()).isEqualTo("model");
                })
                .hasMessageContaining("closed/own");
    }

    @Test
    void all_models_areInTheProvidersOrder() {
        assertThat(models.all())
                .extracting(ModelInfo::id)
                .containsExactly(
                        "router/openai/gpt", "router/free", "openai/gpt", "openai/mini", "closed/own", "closed/mini");
    }

    private String id(String name) {
        return models.target(name).model().id();
    }

    private static ChatProvider provider(String name, boolean open, String... models) {
        return new ChatProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<ModelInfo> models() {
                return Arrays.stream(models)
                        .map(model -> new ModelInfo(name, model, 1_000, null))
                        .toList();
            }

            @Override
            public boolean open() {
                return open;
            }

            @Override
            public ProviderReply ask(ProviderRequest request) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
