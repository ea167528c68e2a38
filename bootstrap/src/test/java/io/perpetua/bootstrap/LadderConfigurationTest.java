package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.routing.Offers;
import io.perpetua.domain.routing.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom each intent asks, by the configuration file and the environment. */
class LadderConfigurationTest {

    private static final Map<String, Object> THREE =
            Map.of("openai.api.key", "k", "gemini.api.key", "k", "anthropic.api.key", "k");

    private final Path folder;

    LadderConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void read_nothingOn_isWhoIsAlwaysThere() throws IOException {
        assertThat(ladder("", Map.of(), Intent.CODING_HELP)).containsExactly("offline/offline");
    }

    @Test
    void read_someOn_isTheUsualOrderWithoutTheOthersAndThenTheRest() throws IOException {
        assertThat(ladder("", THREE, Intent.CODING_HELP))
                .containsExactly("gemini/gemini-2.5-flash", "openai/gpt-4o-mini", "anthropic/claude-sonnet-5-5");
        assertThat(ladder("", THREE, Intent.SOCIAL_CHAT))
                .containsExactly("openai/gpt-4o-mini", "gemini/gemini-2.5-flash", "anthropic/claude-sonnet-5-5");
    }

    @Test
    void read_providerWithOtherModels_isAskedForItsPreferredOne() throws IOException {
        assertThat(ladder(
                        "providers: {openai: {base_url: 'http://127.0.0.1:1/v1', models: [tiny, huge]}}",
                        Map.of(),
                        Intent.CODING_HELP))
                .containsExactly("openai/tiny");
    }

    @ParameterizedTest
    @CsvSource({"coding_help, CODING_HELP", "reasoning/math, REASONING_MATH", "reasoning_math, REASONING_MATH"})
    void read_configuredIntent_isAsConfigured(String name, Intent intent) throws IOException {
        String file = "ladders: {" + name + ": [anthropic/claude-x, openai/gpt-4o]}";
        assertThat(ladder(file, THREE, intent)).containsExactly("anthropic/claude-x", "openai/gpt-4o");
        assertThat(ladder(file, THREE, Intent.SOCIAL_CHAT)).startsWith("openai/gpt-4o-mini");
    }

    @Test
    void read_configuredDefault_isForTheIntentsThatAreNot() throws IOException {
        String file = "ladders: {default: [openai/gpt-4o], social_chat: [openai/o3]}";
        assertThat(ladder(file, THREE, Intent.CODING_HELP)).containsExactly("openai/gpt-4o");
        assertThat(ladder(file, THREE, Intent.SOCIAL_CHAT)).containsExactly("openai/o3");
    }

    @Test
    void read_environment_winsOverTheFile() throws IOException {
        var environment = new HashMap<>(THREE);
        environment.put("perpetua.ladders.editing-writing", "openai/o3, gemini/gemini-2.5-pro");
        assertThat(ladder("ladders: {editing/writing: [openai/gpt-4o]}", environment, Intent.EDITING_WRITING))
                .containsExactly("openai/o3", "gemini/gemini-2.5-pro");
    }

    @Test
    void read_providerThatIsOff_isPassedOver() throws IOException {
        String file = "ladders: {coding_help: [groq/llama-3.1-8b-instant, openai/gpt-4o]}";
        assertThat(ladder(file, THREE, Intent.CODING_HELP)).containsExactly("openai/gpt-4o");
        assertThat(ladder("ladders: {coding_help: [groq/llama-3.1-8b-instant]}", THREE, Intent.CODING_HELP))
                .as("none is left")
                .hasSize(3);
        assertThat(ladder(file, Map.of("openai.api.key", "k"), Intent.CODING_HELP))
                .as("the only one that is on is not asked for another's models")
                .containsExactly("openai/gpt-4o");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ladders: {coding_help: [opnai/gpt-4o]} | perpetua.ladders.coding_help: expected providers that there are, found 'opnai/gpt-4o'; did you mean openai?",
                "ladders: {coding_help: [gpt-4o]} | perpetua.ladders.coding_help: expected a list of provider/model, found 'gpt-4o'.",
                "ladders: {coding_help: []} | perpetua.ladders.coding_help: expected a list of provider/model, found an empty list.",
                "ladders: {codeing_help: [openai/gpt-4o]} | did you mean perpetua.ladders.coding_help?",
                "routing: {exploration: 2} | perpetua.routing.exploration: expected a number from 0 and below 1, found '2'.",
                "timeouts: {rung: 0s} | perpetua.timeouts.rung: expected a duration such as 30s, longer than zero, found '0s'."
            })
    void read_mistake_isTold(String file, String complaint) {
        assertThatThrownBy(() -> ladder(file, THREE, Intent.CODING_HELP).clear())
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(complaint);
    }

    private List<String> ladder(String section, Map<String, Object> environment, Intent intent) throws IOException {
        try (var context = start(section, environment)) {
            return context.getBean(Offers.class).now().ladders().of(intent).stream()
                    .map(target -> target.model().id())
                    .toList();
        }
    }

    private ApplicationContext start(String section, Map<String, Object> environment) throws IOException {
        var file = Files.writeString(
                folder.resolve("perpetua.yml"), """
                perpetua:
                  data: %s
                  port: -1
                  embedder: none
                %s""".formatted(folder.resolve("data"), section.indent(2)));
        return Contexts.start(file, environment);
    }
}
