package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Offers;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.prices.PriceFiles;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers, by the environment and the configuration file. */
class ProvidersTest {

    private final Path folder;

    ProvidersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The application with the variables {@code environment}, as the framework calls them, and a configuration file. */
    private ApplicationContext start(String providers, Map<String, Object> environment) throws IOException {
        var file = Files.writeString(
                folder.resolve("perpetua.yml"), """
                perpetua:
                  data: %s
                  port: -1
                  embedder: none
                %s""".formatted(folder.resolve("data"), providers.indent(2)));
        return Contexts.start(file, environment);
    }

    @Test
    void environment_keysOfEveryKnownProvider_turnThemOnInOrder() throws IOException {
        var keys = new HashMap<String, Object>();
        KnownProvider.all().keySet().forEach(name -> keys.put(name + ".api.key", "k-" + name));
        try (var context = start("", keys)) {
            assertThat(models(context).all().stream().map(ModelInfo::provider).distinct())
                    .containsExactly(
                            "openai",
                            "anthropic",
                            "gemini",
                            "mistral",
                            "deepseek",
                            "xai",
                            "moonshot",
                            "perplexity",
                            "groq",
                            "cerebras",
                            "together",
                            "openrouter",
                            "offline");
            for (String name : KnownProvider.all().keySet()) {
                assertThat(models(context)
                                .target(name + "/some-model")
                                .provider()
                                .name())
                        .isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.api.key, claude-sonnet-4-5, anthropic/claude-sonnet-4-5",
        "gemini.api.key, gemini-2.5-flash, gemini/gemini-2.5-flash",
        "google.api.key, auto, gemini/gemini-3.8-flash",
        "groq.api.key, openai/gpt-oss-20b, groq/openai/gpt-oss-20b",
        "ollama.base.url, ollama/gemma3:4b, ollama/gemma3:4b",
    })
    void environment_oneVariable_turnsItsProviderOn(String variable, String model, String target) throws IOException {
        try (var context = start("", Map.of(variable, "http://127.0.0.1:9/v1"))) {
            assertThat(models(context).target(model).model().id()).isEqualTo(target);
        }
    }

    @Test
    void file_ownProviderWithItsModels_isListedAndAskedWithItsKeysInTurn() throws IOException {
        try (var upstream = new ScriptedOpenAi();
                var context = start("""
                        providers:
                          my-vllm:
                            base_url: %s
                            api_keys: [key-1, key-2]
                            models:
                              - llama
                              - {name: tiny, window: 4096, input: 1, cached_input: 0.5, output: 2}
                        """.formatted(upstream.url()), Map.of())) {
            var models = models(context);
            assertThat(models.all().subList(0, 2))
                    .containsExactly(
                            new ModelInfo("my-vllm", "llama", 128_000, null),
                            new ModelInfo("my-vllm", "tiny", 4_096, new Price(1, 0.5, 1, 2)));
            for (int i = 0; i < 2; i++) {
                upstream.next(exchange -> ScriptedUpstream.reply(
                        exchange,
                        200,
                        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\""
                                + exchange.getRequestHeaders().getFirst("Authorization") + "\"}}]}"));
            }
            assertThat(List.of(ask(models), ask(models))).containsExactly("Bearer key-1", "Bearer key-2");
        }
    }

    private static Models models(ApplicationContext context) {
        return context.getBean(Offers.class).now().models();
    }

    private static String ask(Models models) {
        var target = models.target("my-vllm/tiny");
        try (var reply = target.provider().ask(new ProviderRequest("tiny", List.of(), "{}", false))) {
            var event = reply.next(Duration.ofSeconds(20));
            return event instanceof Event.Done(var answer) ? answer.message().text() : "no answer: " + event;
        }
    }

    @Test
    void file_knownProviderWithModels_offersThoseWithWhatIsKnownOfThem() throws IOException {
        try (var context = start("""
                providers:
                  anthropic:
                    api_key: k
                    models: [claude-haiku-4-5]
                """, Map.of())) {
            assertThat(models(context).all().getFirst())
                    .isEqualTo(new ModelInfo("anthropic", "claude-haiku-4-5", 200_000, new Price(1, 0.1, 1.25, 5)));
        }
    }

    @Test
    void file_modelWithTiers_isPricedByThem() throws IOException {
        try (var context = start("""
                providers:
                  ollama:
                    models:
                      - {name: big, input: 1, cached_input: 0.5, output: 2, tiers: [{above: 1000, input: 3, cached_input: 1}]}
                """, Map.of())) {
            assertThat(models(context).target("ollama/big").model().price())
                    .isEqualTo(new Price(new Rates(1, 0.5, 1, 2), List.of(new Tier(1_000, new Rates(3, 1, 3, 2)))));
        }
    }

    @Test
    void file_priceLists_priceWhatIsKnownWhatIsUnlistedAndNotWhatIsConfigured() throws IOException {
        var list = Files.writeString(folder.resolve("prices.json"), """
                {"gpt-4o-mini": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 100000,
                    "input_cost_per_token": 3e-07, "output_cost_per_token": 9e-07},
                 "gpt-9": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 9000,
                    "input_cost_per_token": 9e-06, "output_cost_per_token": 9e-05},
                 "mine": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 9000,
                    "input_cost_per_token": 9e-06, "output_cost_per_token": 9e-05}}
                """);
        try (var context = start("""
                prices:
                  files: [%s]
                providers:
                  openai:
                    api_key: k
                    models: [gpt-4o-mini, {name: mine, window: 5000, input: 1, output: 2}]
                """.formatted(list), Map.of())) {
            var models = models(context);
            assertThat(models.all().subList(0, 2))
                    .containsExactly(
                            new ModelInfo("openai", "gpt-4o-mini", 100_000, new Price(0.3, 0.3, 0.3, 0.9)),
                            new ModelInfo("openai", "mine", 5_000, new Price(1, 1, 1, 2)));
            assertThat(models.target("openai/gpt-9").model())
                    .isEqualTo(new ModelInfo("openai", "gpt-9", 9_000, new Price(9, 9, 9, 90)));
            assertThat(models.target("openai/gpt-4o").model().price())
                    .as("not offered, but known")
                    .isEqualTo(new Price(2.5, 1.25, 2.5, 10));
            assertThat(models.target("openai/gpt-99").model().price()).isNull();
        }
    }

    @Test
    void file_priceListThatIsNone_isExplained() {
        assertThatThrownBy(() -> start("prices: {files: [nowhere.json]}", Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContainingAll("perpetua.prices.files", "nowhere.json");
        assertThatThrownBy(() -> start("", Map.of("perpetua.prices.files", "nowhere.json")))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("nowhere.json");
    }

    @Test
    void file_knownProviderWithModelsAlone_isOn() throws IOException {
        try (var context = start("providers: {ollama: {models: [gemma]}}", Map.of())) {
            assertThat(models(context).target("auto").model().id()).isEqualTo("ollama/gemma");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {mine: {api_key: k}} | perpetua.providers.mine.base_url: expected where mine is, such as http://gpu:8000/v1, found nothing.
            {mine: {base_url: 'http://127.0.0.1', dialect: latin}} | perpetua.providers.mine.dialect: expected openai, anthropic or gemini, found 'latin'.
            {mine: {base_url: 'ftp://127.0.0.1'}} | perpetua.providers.mine.base_url: expected a URL that starts with http:// or https://, without a user or a password, found 'ftp://127.0.0.1'.
            {mine: {base_url: 'http://u:secret@127.0.0.1'}} | without a user or a password, found something else.
            {mine: {base_url: 'http://127.0.0.1', api_key: 'a secret'}} | perpetua.providers.mine.api_key: expected a key without spaces, of ASCII alone, found something else.
            {mine: {base_url: 'http://127.0.0.1', models: [{window: 7}]}} | perpetua.providers.mine.models: a model needs a name.
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, window: wide}]}} | perpetua.providers.mine.models: m: window: expected a number, found 'wide'.
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, window: 0}]}} | m: window: expected tokens from 1, found '0'.
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, prize: 7}]}} | a model has no prize.
            {mine: {base_url: 'http://127.0.0.1', models: [[a, b]]}} | perpetua.providers.mine.models: expected a list of names, or of rows such as
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, input: -7}]}} | perpetua.providers.mine.models: m: a price is
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, input: 1, tiers: [{input: 2}]}]}} | a tier needs the prompt tokens
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, input: 1, tiers: {above: 2}}]}} | tiers are a list
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, input: 1, tiers: [{below: 2}]}]}} | a tier has no below
            {anthropic: {api_keys: []}} | perpetua.providers.anthropic.api_keys: expected a list of keys without spaces, of ASCII alone, found an empty list.
            {offline: {base_url: 'http://127.0.0.1'}} | the name offline is taken
            {openai: {api_keyz: k}} | no configuration key perpetua.providers.openai.api_keyz; did you mean perpetua.providers.openai.api_key
            """)
    void file_mistake_isExplained(String providers, String sentence) {
        assertThatThrownBy(() -> start("providers: " + providers, Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(sentence)
                .message()
                .hasLineCount(1)
                .doesNotContain("secret");
    }

    @Test
    void configured_asText_leavesTheKeysOut() throws IOException {
        try (var context = start("", Map.of("openai.api.key", "sk-secret"))) {
            assertThat(new ProviderConfiguration(
                                    context.getEnvironment(), ModelTable.load(PriceFiles.NONE), new Mistakes())
                            .read()
                            .toString())
                    .isEqualTo("[openai at https://api.openai.com/v1]");
        }
    }
}
