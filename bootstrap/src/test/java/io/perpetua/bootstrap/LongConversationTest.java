package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A conversation far longer than the budget: what was said at its beginning is known at its end, at a flat cost. */
class LongConversationTest {

    private static final int TURNS = 150;
    private static final String FACT =
            "By the way, the spare key of the Marlow archive hangs behind the blue clock in the boathouse.";
    private static final String QUESTION = "Where does the spare key of the Marlow archive hang?";
    private static final String PINNED = "The customer is addressed as Captain Ferreira.";
    private static final List<String> MESSAGES = Chatter.messages(20_261_120, TURNS, 3, FACT);

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

    @Test
    void ask_withAnId_recallsTheBeginning() throws IOException {
        var imported = imported("long");
        assertThat(imported.path("tokens").asInt()).isGreaterThanOrEqualTo(30_000);
        assertThat(imported.path("turns")).extracting(JsonNode::asInt).containsExactly(1, TURNS);
        assertRecalled(
                http.post("/v1/chat/completions", asking("long", QUESTION)).ok());
    }

    @Test
    void ask_withoutAnId_byTheWholeHistory_recallsTheBeginning() throws IOException {
        var body = Http.JSON.createObjectNode().put("model", "offline").put("namespace", "re-sent");
        add(body.putArray("messages"), QUESTION);
        assertRecalled(http.post("/v1/chat/completions", body).ok());
    }

    @Test
    void goOn_costsTheSameEachTurn_andKeepsWhatIsPinned() throws IOException {
        imported("flat");
        http.post("/v1/conversations/flat/anchors", Http.JSON.createObjectNode().put("text", PINNED));
        var sent = new ArrayList<Integer>();
        var more = Chatter.messages(7, 24, 0, "");
        for (String message : more) {
            var context = http.post("/v1/context", asking("flat", message)).ok();
            assertThat(context.path("messages").toString()).contains(PINNED);
            var metadata = http.post("/v1/chat/completions", asking("flat", message))
                    .ok()
                    .path("perpetual_metadata");
            assertWithinBudget(metadata);
            assertThat(metadata.at("/tokens/parts/anchors").asInt()).isPositive();
            sent.add(metadata.at("/tokens/sent").asInt());
        }
        double early = mean(sent.subList(0, 8));
        double late = mean(sent.subList(16, 24));
        assertThat(late).as("%s", sent).isLessThan(1.15 * early);
    }

    private static void assertRecalled(JsonNode answer) {
        assertThat(answer.at("/choices/0/message/content").asText()).contains("behind the blue clock");
        var metadata = answer.path("perpetual_metadata");
        assertThat(metadata.path("turn").asInt()).isEqualTo(TURNS + 2);
        assertThat(metadata.path("mode_used").asText()).isIn("balanced", "safe");
        assertThat(metadata.path("use_retrieval").asBoolean()).isTrue();
        assertWithinBudget(metadata);
        double full = metadata.at("/tokens/full").asDouble();
        assertThat(full).isGreaterThanOrEqualTo(30_000);
        assertThat(metadata.at("/tokens/saved").asDouble() / full).isGreaterThan(0.7);
    }

    private static void assertWithinBudget(JsonNode metadata) {
        var tokens = metadata.path("tokens");
        assertThat(tokens.path("budget").asInt()).isEqualTo(8_000);
        assertThat(tokens.path("sent").asInt()).isPositive().isLessThanOrEqualTo(8_000 - 1_000);
        assertThat(metadata.at("/usage/input").asInt()).isLessThanOrEqualTo(8_000 - 1_000);
    }

    private static JsonNode imported(String id) throws IOException {
        var body = Http.JSON.createObjectNode().put("conversation_id", id);
        add(body.putArray("messages"), null);
        return http.post("/v1/memory/add", body).ok();
    }

    private static void add(ArrayNode messages, @Nullable String last) {
        for (int i = 0; i < MESSAGES.size(); i++) {
            messages.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", MESSAGES.get(i));
        }
        if (last != null) {
            messages.addObject().put("role", "user").put("content", last);
        }
    }

    private static ObjectNode asking(String id, String text) {
        var body = Http.JSON.createObjectNode().put("model", "offline").put("conversation_id", id);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    private static double mean(List<Integer> numbers) {
        return numbers.stream().mapToInt(each -> each).average().orElseThrow();
    }
}
