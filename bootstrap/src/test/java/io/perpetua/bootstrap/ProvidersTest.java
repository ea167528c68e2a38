package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.usage.Price;
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
            assertThat(context.getBean(Models.class).all().stream()
                            .map(ModelInfo::provider)
                            .distinct())
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
                assertThat(context.getBean(Models.class)
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
            assertThat(context.getBean(Models.class).target(model).model().id()).isEqualTo(target);
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
            var models = context.getBean(Models.class);
            assertThat(models.all().subList(0, 2))
                    .containsExactly(
                            new ModelInfo("my-vllm", "llama", 128_000, null),
                            new ModelInfo("my-vllm", "tiny", 4_096, new Price(1, 0.5, 1, 2)));
            for (int i = 0; i < 2; i++) {
                upstream.next(exchange -> ScriptedOpenAi.reply(
                        exchange,
                        200,
                        "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\""
                                + exchange.getRequestHeaders().getFirst("Authorization") + "\"}}]}"));
            }
            assertThat(List.of(ask(models), ask(models))).containsExactly("Bearer key-1", "Bearer key-2");
        }
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
            assertThat(context.getBean(Models.class).all().getFirst())
                    .isEqualTo(new ModelInfo("anthropic", "claude-haiku-4-5", 200_000, new Price(1, 0.1, 1.25, 5)));
        }
    }

    @Test
    void file_knownProviderWithModelsAlone_isOn() throws IOException {
        try (var context = start("providers: {ollama: {models: [gemma]}}", Map.of())) {
            assertThat(context.getBean(Models.class).target("auto").model().id())
                    .isEqualTo("ollama/gemma");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {mine: {api_key: k}} | perpetua.providers.mine.base_url
            {mine: {base_url: 'http://127.0.0.1', dialect: latin}} | expected openai, anthropic or gemini, not latin
            {mine: {base_url: 'ftp://127.0.0.1'}} | the base URL of mine must start with http
            {mine: {base_url: 'http://127.0.0.1', api_key: 'a b'}} | a key of mine
            {mine: {base_url: 'http://127.0.0.1', models: [{window: 7}]}} | a model needs a name
            {mine: {base_url: 'http://127.0.0.1', models: [{name: m, prize: 7}]}} | a model has no prize
            {anthropic: {api_keys: []}} | perpetua.providers.anthropic.api_keys is an empty list
            {offline: {base_url: 'http://127.0.0.1'}} | the name offline is taken
            {openai: {api_keyz: k}} | no configuration key perpetua.providers.openai.api_keyz; did you mean perpetua.providers.openai.api_key
            """)
    void file_mistake_isExplained(String providers, String sentence) {
        assertThatThrownBy(() -> start("providers: " + providers, Map.of()))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void configured_asText_leavesTheKeysOut() throws IOException {
        try (var context = start("", Map.of("openai.api.key", "sk-secret"))) {
            assertThat(new ProviderConfiguration(context.getEnvironment(), ModelTable.load())
                            .read()
                            .toString())
                    .isEqualTo("[openai at https://api.openai.com/v1]");
        }
    }
}
