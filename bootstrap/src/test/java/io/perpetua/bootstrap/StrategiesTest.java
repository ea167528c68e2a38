package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each strategy against {@code chat}, on the whole server: real index, real embedder, real tokens. */
class StrategiesTest {

    private static final List<String> PARTS = List.of("Header", "Gallery", "BookingForm", "Footer");
    private static final int VERSIONS = 8;
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

    private static RunningServer server;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new RunningServer(data.resolve("served"), Map.of());
        http = new Http(server.port());
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ui_builder", "code_editor"})
    void building_showsTheLatestVersionsWholeAndNoOther(String strategy) throws IOException {
        var said = new ArrayList<String>();
        for (int version = 1; version <= VERSIONS; version++) {
            for (String part : PARTS) {
                said.add("Please rework the " + part + ": the marina wants change number " + version + " in it.");
                said.add("Here is the " + part + " with change " + version + ".\n\n" + component(part, version)
                        + "\nTell me what you think.");
            }
        }
        said.addAll(Chatter.messages(5, 40, 0, ""));
        remember(strategy, said);
        String question = "Let the BookingForm send an e-mail, and say so in the Header.";

        String built = recalled(strategy, strategy, question);
        String chatted = recalled(strategy, "chat", question);

        for (String part : List.of("BookingForm", "Header")) {
            assertThat(built).contains(component(part, VERSIONS));
            assertThat(chatted).doesNotContain(component(part, VERSIONS));
        }
        for (int old = 1; old < VERSIONS; old++) {
            for (String part : PARTS) {
                assertThat(built).doesNotContain(revision(part, old));
            }
        }
        assertThat(built).contains("superseded in turn");
        assertThat(chatted).containsPattern("revision \\w+ [1-7]\\b");
    }

    @Test
    void research_bringsMoreDaysThanChat() throws IOException {
        var body = Http.JSON.createObjectNode().put("conversation_id", "research");
        var messages = body.putArray("messages");
        for (int day = 0; day < 40; day++) {
            var at = MONDAY.plus(day, ChronoUnit.DAYS);
            String report = Chatter.messages(day, 1, 0, "").getFirst();
            say(
                    messages,
                    at,
                    "user",
                    "Station " + day + ": the divers counted " + (500 + day) + " eelgrass shoots. "
                            + report.substring(0, 240));
            say(
                    messages,
                    at,
                    "assistant",
                    "Noted for station " + day + ". "
                            + Chatter.messages(day, 1, 0, "").getFirst());
            for (int i = 0; day == 7 && i < 25; i++) {
                say(
                        messages,
                        at,
                        "user",
                        "How do the divers count eelgrass shoots at a station, asks visitor " + i + "?");
                say(
                        messages,
                        at,
                        "assistant",
                        "The divers count eelgrass shoots in a frame at each station, visitor " + i + ". "
                                + Chatter.messages(900 + i, 1, 0, "").getFirst());
            }
        }
        http.post("/v1/memory/add", body).ok();
        String question = "Compare how many eelgrass shoots the divers counted at the stations.";

        long researched = stations(recalled("research", "research", question));
        long chatted = stations(recalled("research", "chat", question));

        assertThat(researched).isGreaterThanOrEqualTo(36).isGreaterThan(chatted + 5);
    }

    @Test
    void support_showsWhoTheUserIsAndWhatIsOpen() throws IOException {
        var said = new ArrayList<String>();
        said.add("Hello. My customer number is C-20417. I'm on the Harbour Plus plan.");
        said.add("Welcome aboard.");
        said.add("The depth sounder keeps restarting since the last firmware.");
        said.add("Please hold the red key for nine seconds.");
        said.add("I will be on board on Sunday and try. My customer number is C-30522 since the move.");
        said.add("Very well.");
        said.addAll(Chatter.messages(3, 120, 0, ""));
        remember("support", said);
        String question = "What did the cook mislay near the weighbridge?";

        var needed = List.of("C-30522", "Harbour Plus", "depth sounder keeps restarting", "red key for nine seconds");
        assertThat(recalled("support", "support", question)).contains(needed);
        assertThat(recalled("support", "chat", question)).doesNotContain(needed);

        remember("support", List.of("The red key did the trick, it works now.", "Glad to hear."));
        remember("support", Chatter.messages(4, 60, 0, ""));
        assertThat(recalled("support", "support", question)).contains("C-30522").doesNotContain("depth sounder");
    }

    private static String component(String part, int version) {
        var code = new StringBuilder("```tsx title=\"src/" + part + ".tsx\"\n// " + revision(part, version)
                + "\nexport default function " + part + "({ berths }) {\n");
        for (int line = 0; line < 12; line++) {
            code.append("  const row")
                    .append(line)
                    .append(" = berths.filter((berth) => berth.length > ")
                    .append(line)
                    .append(");\n");
        }
        return code.append("  return <section>{row1.length} berths</section>;\n}\n```")
                .toString();
    }

    private static String revision(String part, int version) {
        return "revision " + part + " " + version;
    }

    private static long stations(String recalled) {
        long found = 0;
        for (int day = 0; day < 40; day++) {
            found += recalled.contains("counted " + (500 + day) + " eelgrass") ? 1 : 0;
        }
        return found;
    }

    private static void remember(String id, List<String> said) throws IOException {
        var body = Http.JSON.createObjectNode().put("conversation_id", id);
        var messages = body.putArray("messages");
        for (int i = 0; i < said.size(); i++) {
            messages.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", said.get(i));
        }
        http.post("/v1/memory/add", body).ok();
    }

    private static void say(ArrayNode messages, Instant at, String role, String text) {
        messages.addObject().put("role", role).put("content", text).put("created_at", at.toString());
    }

    /** What stands in front of the question, when it is asked within the usual budget. */
    private static String recalled(String id, String strategy, String question) throws IOException {
        var body = Http.JSON.createObjectNode().put("model", "offline").put("conversation_id", id);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        body.putObject("memory_config").put("strategy", strategy);
        JsonNode context = http.post("/v1/context", body).ok();
        var tokens = context.at("/perpetual_metadata/tokens");
        assertThat(tokens.path("sent").asInt()).isLessThanOrEqualTo(8_000 - 1_000);
        assertThat(tokens.at("/parts/retrieved").asInt()).isLessThanOrEqualTo(3_750);
        var messages = context.path("messages");
        return messages.get(messages.size() - 1).path("content").asText();
    }
}
