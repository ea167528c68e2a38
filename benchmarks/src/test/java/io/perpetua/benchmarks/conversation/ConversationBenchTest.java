package io.perpetua.benchmarks.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.benchmarks.Bench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a provider that is asked over HTTP. */
final class ConversationBenchTest {

    private static final String PARAMETERS = "{\"temperature\": 0}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void run_configuredProvider_isAskedWithMemoryAndWithEverything() throws IOException {
        var json = folder.resolve("out.json");
        try (var upstream = new ScriptedUpstream(request -> "Request of " + words(request) + " words.")) {
            int status = run(upstream, "--exchanges", "30", "--parameters", PARAMETERS, "--json", json.toString());
            assertThat(status).as("%s", err).isZero();

            var figures = new ObjectMapper().readTree(json.toFile());
            int facts = figures.path("facts").asInt();
            assertThat(facts).isEqualTo(10);
            assertThat(upstream.asked()).hasSize(3 * facts + 1).allSatisfy(request -> {
                assertThat(request.path("model").asText()).isEqualTo("gpt-4o-mini");
                assertThat(request.path("temperature").asInt(-1)).isZero();
                assertThat(request.has("conversation_id")).isFalse();
            });
            var first = upstream.asked().subList(0, 3).stream()
                    .map(ConversationBenchTest::words)
                    .toList();
            assertThat(first.get(0)).isLessThan(first.get(1));
            assertThat(first.get(1)).isEqualTo(first.get(2));
            var question = figures.path("questions").path(0);
            assertThat(question.path("managed").asText()).isEqualTo("Request of " + first.get(0) + " words.");
            assertThat(question.path("full").asText()).isEqualTo("Request of " + first.get(1) + " words.");
            assertThat(figures.path("facts_in_answer").asDouble()).isZero();
            assertThat(figures.at("/ceiling/cosine").asDouble()).isEqualTo(1, within(1e-6));
        }
        assertThat(out.toString()).contains("Model openai/gpt-4o-mini", "| last turn");
    }

    @Test
    void run_providerThatRefuses_isSaidInASentence() throws IOException {
        try (var upstream = new ScriptedUpstream(_ -> "")) {
            assertThat(run(upstream, "--exchanges", "10")).isEqualTo(2);
        }
        assertThat(err.toString()).startsWith("openai/gpt-4o-mini: ").hasLineCount(1);
    }

    @Test
    void run_unknownModelOrTooShort_isSaidInASentence() {
        assertThat(run("--exchanges", "10", "--model", "nobody/nothing")).isEqualTo(2);
        assertThat(run("--exchanges", "9")).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(2).contains("nobody/nothing", "--exchanges: at least 10");
    }

    private int run(ScriptedUpstream upstream, String... options) throws IOException {
        var config = Files.writeString(folder.resolve("perpetua.yml"), """
                openai:
                  base:
                    url: %s
                  api:
                    key: secret
                """.formatted(upstream.url()));
        var all = new ArrayList<>(List.of("--model", "openai/gpt-4o-mini", "--config", config.toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... options) {
        var words = new ArrayList<>(List.of("conversation"));
        words.addAll(List.of(options));
        return Bench.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    /** How many words a request's messages have. */
    private static int words(JsonNode request) {
        int words = 0;
        for (var message : request.path("messages")) {
            words += Spelling.words(message.path("content").asText()).size();
        }
        return words;
    }
}
