package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

    private static final String SHORT = """
            [{"role": "system", "content": "Be brief."},
             {"role": "user", "content": "How deep is the well?"},
             {"role": "assistant", "content": "Eleven metres."},
             {"role": "user", "content": "And how wide?"},
             {"role": "assistant", "content": "One and a half."}]
            """;

    private final Path folder;
    private final Path config;

    ReplayTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        config = write("perpetua.yml", "perpetua: {embedder: none}");
    }

    @Test
    void messages_asOneList_areOneConversation() throws IOException {
        var table = replayed("well.json", SHORT);
        var row = table.at("/conversations/0");
        assertThat(table.path("conversations")).hasSize(1);
        assertThat(row.path("conversation").asText()).isEqualTo("well.json");
        assertThat(row.path("turns").asInt()).isEqualTo(4);
        assertThat(row.path("requests").asInt()).isEqualTo(2);
        assertThat(row.path("requests_full").asInt()).isEqualTo(2);
        assertThat(row.path("full").asInt())
                .isPositive()
                .isEqualTo(row.path("sent").asInt());
        assertThat(table.path("saved").asDouble()).isZero();
        assertThat(table.path("within_budget").asBoolean()).isTrue();
    }

    @Test
    void jsonLines_areAConversationEach() throws IOException {
        var table = replayed("two.jsonl", """
                {"conversation_id": "well", "messages": %s}
                {"messages": [{"role": "user", "content": "Hello."}, {"role": "assistant", "content": "Hello."}]}
                """.formatted(SHORT.replace('\n', ' ')));
        assertThat(table.path("conversations")).hasSize(2);
        assertThat(table.at("/conversations/0/conversation").asText()).isEqualTo("well");
        assertThat(table.at("/conversations/1/requests").asInt()).isEqualTo(1);
    }

    @Test
    void sessions_areOneConversation() throws IOException {
        var table = replayed("sessions.json", """
                [{"sample_id": "ferry", "conversation": {"speaker_a": "Odo", "speaker_b": "Runa",
                  "session_1_date_time": "9:05 am on 3 March, 2024",
                  "session_1": [{"speaker": "Odo", "dia_id": "D1:1", "text": "The ferry was late again."},
                                {"speaker": "Runa", "dia_id": "D1:2", "text": "Fog?", "blip_caption": "a grey bay"}],
                  "session_2_date_time": "7:40 pm on 9 March, 2024",
                  "session_2": [{"speaker": "Odo", "dia_id": "D2:1", "text": "Today it was early."},
                                {"speaker": "Runa", "dia_id": "D2:2", "text": "A miracle."}]}}]
                """);
        assertThat(table.at("/conversations/0/conversation").asText()).isEqualTo("ferry");
        assertThat(table.at("/conversations/0/turns").asInt()).isEqualTo(4);
        assertThat(table.at("/conversations/0/requests").asInt()).isEqualTo(2);
    }

    @Test
    void beamsChats_areConversations_daysAreTheirTimes() throws IOException {
        var table = replayed("beam.json", """
                [{"chat": 4, "questions": [], "messages": [
                  {"id": 0, "role": "user", "content": "%1$s", "time_anchor": "March-03-2024"},
                  {"id": 1, "role": "assistant", "content": "Eleven metres."},
                  {"id": 2, "role": "user", "content": "And how wide?"},
                  {"id": 3, "role": "assistant", "content": "One and a half."},
                  {"id": 4, "role": "user", "content": "Is it dry?", "time_anchor": "March-09-2024"},
                  {"id": 5, "role": "assistant", "content": "Never."}]}]
                """.formatted("deep ".repeat(2_000)));
        assertThat(table.at("/conversations/0/conversation").asText()).isEqualTo("chat 4");
        assertThat(table.at("/conversations/0/requests").asInt()).isEqualTo(3);
        var prompts = dollars(table, "openai/gpt-4o-mini").path("full_history");
        assertThat(prompts.path("cached_input").asInt()).isBetween(1_900, 2_048); // the third came days later
    }

    @Test
    void dollars_shortConversation_areThoseOfAFullHistory_whicheverWay() throws IOException {
        var table = replayed("well.json", SHORT);
        assertThat(table.path("dollars")).hasSizeGreaterThan(5);
        for (JsonNode row : table.path("dollars")) {
            for (String way : List.of("full_history", "sliding_window", "rewritten", "ours")) {
                assertThat(row.path(way).path("dollars").asDouble()).isPositive();
                assertThat(row.path(way)).as(way).isEqualTo(row.path("full_history"));
                assertThat(row.path(way).path("input").asInt())
                        .isEqualTo(table.path("full").asInt());
            }
            assertThat(row.path("ours_of_full").asDouble()).isEqualTo(1);
            assertThat(row.path("answers").asDouble()).isPositive();
        }
        assertThat(table.at("/conversations/0/dollars")).isEqualTo(table.path("dollars"));
    }

    @Test
    void longConversation_savesTokensAndStaysWithinTheBudget() throws IOException {
        var messages = Http.JSON.createArrayNode();
        for (String text : Chatter.messages(3, 60, 0, "")) {
            String role = messages.size() % 2 == 0 ? "user" : "assistant";
            messages.addObject().put("role", role).put("content", text);
        }
        var table = replayed("long.json", messages.toString());
        var row = table.at("/conversations/0");
        assertThat(table.path("saved").asDouble()).isGreaterThan(0.2);
        assertThat(table.path("within_budget").asBoolean()).isTrue();
        assertThat(row.path("largest").asInt()).isLessThanOrEqualTo(7_000);
        assertThat(row.path("requests_full").asInt()
                        + row.path("requests_balanced").asInt()
                        + row.path("requests_safe").asInt())
                .isEqualTo(30);
        assertThat(row.path("requests_balanced").asInt()).isPositive();

        var dollars = dollars(table, "openai/gpt-4o-mini");
        assertThat(dollars.at("/ours/dollars").asDouble())
                .isLessThan(dollars.at("/rewritten/dollars").asDouble());
        assertThat(dollars.at("/ours/cached_input").asLong())
                .isGreaterThan(3 * dollars.at("/rewritten/cached_input").asLong() / 2);
        long ours = dollars.at("/ours/input").asLong();
        assertThat(dollars.at("/rewritten/input").asLong()).isEqualTo(ours);
        assertThat(dollars.at("/sliding_window/input").asLong()).isBetween((long) (0.9 * ours), ours);
        assertThat(dollars(table, "anthropic/claude-sonnet-5")
                        .at("/ours/cache_write")
                        .asLong())
                .isPositive();
    }

    @Test
    void table_isForPeople() throws IOException {
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                write("well.json", SHORT).toString());
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains(
                        "well.json",
                        "together",
                        "Every request is within the budget of 8,000 tokens",
                        "full history",
                        "deepseek/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            broken.json | {"messages": [ | Not a recording
            broken.json | {"messages": [ | broken.json, line 1: Unexpected end-of-input
            other.json | {"a": 1} | neither OpenAI messages nor
            empty.json | [] | There is no conversation
            dated.json | [{"role": "user", "content": "a", "created_at": "soon"}] | created_at
            word.json | ["word"] | neither OpenAI messages nor
            role.json | [{"role": "captain", "content": "a"}] | captain
            """)
    void badFile_isExplainedInASentence(String name, String content, String sentence) throws IOException {
        var run = CommandLineRun.of(
                "replay", "--config", config.toString(), write(name, content).toString());
        assertThat(run.status()).as(run.err()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains(sentence).doesNotContain("\tat ", "[Source");
    }

    @Test
    void badLine_isNamed() throws IOException {
        String good = "{\"messages\": " + SHORT.replace('\n', ' ') + "}\n";
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                write("lines.jsonl", good + "{\"messages\": nonsense}\n" + good).toString());
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err())
                .contains("lines.jsonl, line 2: Unrecognized token 'nonsense'")
                .doesNotContain("[Source");
    }

    @Test
    void requestLargerThanTheWindow_isCounted_restGoesOn() throws IOException {
        var messages = Http.JSON.createArrayNode();
        for (String text : List.of("How deep is it?", "Deep.", "w ".repeat(200_000), "Oh.", "And how wide?", "Wide.")) {
            String role = messages.size() % 2 == 0 ? "user" : "assistant";
            messages.addObject().put("role", role).put("content", text);
        }
        Path out = folder.resolve("out");
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                "--json",
                out.toString(),
                write("huge.json", messages.toString()).toString(),
                write("well.json", SHORT).toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "refused: 1 request larger than the model's window (huge.json)",
                        "Every other request is within the budget of 8,000 tokens")
                .doesNotContain("(well.json)");
        var table = Http.JSON.readTree(out.toFile());
        assertThat(table.path("refused").asInt()).isEqualTo(1);
        assertThat(table.at("/conversations/0/refused").asInt()).isEqualTo(1);
        assertThat(table.at("/conversations/0/requests").asInt()).isEqualTo(2);
        assertThat(table.at("/conversations/0/turns").asInt()).isEqualTo(6);
        assertThat(table.at("/conversations/1/refused").asInt(-1)).isZero();
        assertThat(table.at("/conversations/1/requests").asInt()).isEqualTo(2);
    }

    @Test
    void everyRequestLargerThanTheWindow_isCounted() throws IOException {
        String huge = "w ".repeat(200_000);
        var messages = Http.JSON.createArrayNode();
        for (String role : List.of("user", "assistant", "user", "assistant")) {
            messages.addObject().put("role", role).put("content", huge);
        }
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                write("huge.json", messages.toString()).toString(),
                write("well.json", SHORT).toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("refused: 2 requests larger than the model's window (huge.json)");
    }

    @Test
    void folderThatIsNot_isToldBeforeTheReplay() throws IOException {
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                "--json",
                folder.resolve("nowhere/out").toString(),
                write("well.json", SHORT).toString());
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err().lines()).singleElement().asString().contains("--json: there is no folder", "nowhere");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void missingFile_isExplainedInASentence() {
        var run = CommandLineRun.of("replay", "--config", config.toString(), "nowhere.json");
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("nowhere.json", "it cannot be read");
    }

    @Test
    void tooSmallABudget_isRefused() throws IOException {
        var run = CommandLineRun.of(
                "replay",
                "--budget",
                "10",
                "--config",
                config.toString(),
                write("well.json", SHORT).toString());
        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("--budget");
    }

    private static JsonNode dollars(JsonNode table, String model) {
        for (JsonNode row : table.path("dollars")) {
            if (row.path("model").asText().equals(model)) {
                return row;
            }
        }
        throw new AssertionError("no dollars for " + model);
    }

    private JsonNode replayed(String name, String content) throws IOException {
        Path out = folder.resolve(name + ".out");
        var run = CommandLineRun.of(
                "replay",
                "--config",
                config.toString(),
                "--json",
                out.toString(),
                write(name, content).toString());
        assertThat(run.status()).as(run.err()).isZero();
        return Http.JSON.readTree(out.toFile());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
