package io.perpetua.bootstrap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.redis.RedisProcess;
import io.perpetua.domain.access.KeyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything from one data directory to another, by way of a file. */
class TransferTest {

    private static final int LONG = 700;

    @TempDir
    Path folder;

    @Test
    void moved_besideARunningServer_everythingIsTheSame() throws Exception {
        Path plain = folder.resolve("all.jsonl");
        Path packed = folder.resolve("all.jsonl.gz");
        List<JsonNode> before;
        KeyText key;
        try (var server = ServerProcess.start(data("a"), Map.of())) {
            fill(server.http());
            var made = run("a", "keys", "create", "ci", "--tenant", "acme", "--budget", "12.5");
            key = requireNonNull(KeyText.parse(made.out().strip()));
            var run = run("a", "export", plain.toString());
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("Exported 4 conversations with " + (LONG + 10) + " turns, 2 facts, and 1 keys.");
            before = everything(server.http());
            server.terminate();
            server.ended();
        }
        // What was learnt of the models is written now and then, and at the end.
        assertThat(run("a", "export", plain.toString()).status()).isZero();
        assertThat(run("a", "export", packed.toString()).status()).isZero();

        assertThat(run("b", "import", packed.toString()).err())
                .contains("Imported 4 conversations with " + (LONG + 10) + " turns, 2 facts, and 1 keys.");
        assertThat(run("b", "export", folder.resolve("again.jsonl").toString()).status())
                .isZero();

        assertThat(folder.resolve("again.jsonl")).hasSameBinaryContentAs(plain);
        assertThat(Files.size(packed)).isLessThan(Files.size(plain) / 2);
        assertThat(Files.readString(plain)).contains(key.digest()).doesNotContain(secret(key));
        var again = run("b", "import", plain.toString());
        assertThat(again.status()).isZero();
        assertThat(again.err()).contains("Imported 0 conversations with 0 turns, 0 facts, and 0 keys. 7 families");
        try (var server = ServerProcess.start(data("b"), Map.of())) {
            assertThat(everything(server.http())).isEqualTo(before);
            goesOn(server.http());
        }
    }

    @Test
    void moved_toTheSharedStoreAndBack_everythingIsTheSame() throws Exception {
        Path embedded = folder.resolve("embedded.jsonl");
        Path shared = folder.resolve("shared.jsonl");
        List<JsonNode> before;
        try (var server = ServerProcess.start(data("a"), Map.of())) {
            fill(server.http());
            before = everything(server.http());
            server.terminate();
            server.ended();
        }
        run("a", "keys", "create", "ci", "--tenant", "acme", "--budget", "12.5");
        run("a", "export", embedded.toString());
        try (var redis = RedisProcess.start()) {
            shared("r", redis.url());

            var there = run("r", "import", embedded.toString());
            assertThat(there.err())
                    .contains("Imported 4 conversations with " + (LONG + 10) + " turns, 2 facts, and 1 keys.");
            assertThat(run("r", "import", embedded.toString()).err())
                    .contains("Imported 0 conversations with 0 turns, 0 facts, and 0 keys. 7 families");
            assertThat(run("r", "export", shared.toString()).status()).isZero();
            assertThat(whatIsIn(shared)).containsExactlyInAnyOrderElementsOf(whatIsIn(embedded));
            assertThat(run("r", "reindex").err())
                    .contains("The index is made anew: " + String.format(Locale.ROOT, "%,d", LONG + 10) + " turns.");
            try (var server = new RunningServer(folder.resolve("r.yml"), data("r"), Map.of())) {
                assertThat(everything(server.http())).isEqualTo(before);
                goesOn(server.http());
            }
        }
        assertThat(run("b", "import", shared.toString()).status()).isZero();
        Path back = folder.resolve("back.jsonl");
        run("b", "export", back.toString());
        assertThat(whatIsIn(back)).containsExactlyInAnyOrderElementsOf(whatIsIn(embedded));
    }

    /** A store decides in which order it gives families: what has the checksum says nothing of what is there. */
    private static List<String> whatIsIn(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("{\"end\""))
                .toList();
    }

    @Test
    void import_somethingElseThere_isToldAndChangesNothing() throws Exception {
        Path file = folder.resolve("all.jsonl");
        try (var server = ServerProcess.start(data("a"), Map.of())) {
            add(server.http(), "one", "Said here.", "Heard.");
            add(server.http(), "two", "Said here, too.", "Heard.");
            run("a", "export", file.toString());
            server.http().delete("/v1/conversations/one");
            add(server.http(), "one", "Something else.", "Heard.");

            var run = run("a", "import", file.toString());

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .contains("Left out, since something else is there: turn 1 of local/default/one")
                    .contains("1 families, facts, keys or sums were left out");
            assertThat(server.http().get("/v1/conversations/one/turns").ok().findValuesAsText("text"))
                    .containsExactly("Something else.", "Heard.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop the last line | line 6: is not whole",
                "cut in the middle | line 3: no JSON, or not all of it",
                "change a word | line 6: was changed after it was written",
                "drop a line | line 5: was changed after it was written",
                "add a line | goes on after its end",
                "number that is none | line 3: turn.number: expected a whole number",
                "role that is none | line 3: turn.role: expected one of the words that are known",
                "version | is of version 2 of the format",
                "other | line 1: is no export of Perpetua's",
                "unknown | line 2: nothing is called famly in this version",
                "empty | is empty",
            })
    void import_damagedFile_isToldWithTheLine(String damage, String expected) throws Exception {
        Path file = folder.resolve("small.jsonl");
        Files.write(file, damaged(damage, small()));

        var run = run("b", "import", file.toString());

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains(expected).doesNotContain("\tat ").doesNotContain("secret word");
    }

    @Test
    void import_noSuchFile_isToldInASentence() throws IOException {
        var run = run("b", "import", folder.resolve("none.jsonl").toString());

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("none.jsonl: it cannot be read").doesNotContain("\tat ");
    }

    @Test
    void export_whereNothingCanBeWritten_isToldAndLeavesNothing() throws IOException {
        var run = run("a", "export", folder.resolve("none/all.jsonl").toString());

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("there is no folder").doesNotContain("\tat ");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** Six lines: a header, a family, two turns, a conversation, the end. */
    private List<String> small() {
        var lines = new ArrayList<String>();
        lines.add("{\"perpetua\":\"export\",\"version\":1}");
        lines.add("{\"family\":{\"tenant\":\"local\",\"namespace\":\"default\","
                + "\"branches\":[{\"branch\":\"one\",\"first\":1,\"last\":2}]}}");
        for (int number = 1; number <= 2; number++) {
            lines.add("{\"turn\":{\"branch\":\"one\",\"number\":" + number
                    + ",\"at\":\"2026-01-01T12:00:00Z\",\"role\":\"user\",\"text\":\"secret word\",\"wire\":\"{}\","
                    + "\"tokens\":3,\"fingerprint\":\"" + "0".repeat(31) + number + "\"}}");
        }
        lines.add("{\"conversation\":{\"id\":\"one\",\"path\":[{\"branch\":\"one\",\"first\":1,\"last\":2}],"
                + "\"turns\":2,\"tokens\":6,\"mode\":\"full\",\"created_at\":\"2026-01-01T12:00:00Z\","
                + "\"updated_at\":\"2026-01-01T12:00:00Z\"}}");
        lines.add("{\"end\":{\"sha256\":\"" + "0".repeat(64) + "\"}}");
        return lines;
    }

    private static List<String> damaged(String damage, List<String> lines) {
        switch (damage) {
            case "drop the last line" -> lines.removeLast();
            case "cut in the middle" -> {
                lines.subList(3, lines.size()).clear();
                lines.set(2, lines.get(2).substring(0, 100));
            }
            case "drop a line" -> lines.remove(4);
            case "add a line" -> {
                lines.set(5, "{\"end\":{\"sha256\":\"" + sha256(lines.subList(0, 5)) + "\"}}");
                lines.add("{}");
            }
            case "number that is none" -> lines.set(2, lines.get(2).replace("\"number\":1", "\"number\":\"1\""));
            case "role that is none" -> lines.set(2, lines.get(2).replace("\"user\"", "\"secret word\""));
            case "version" -> lines.set(0, lines.getFirst().replace("1", "2"));
            case "other" -> lines.set(0, "{\"messages\":[]}");
            case "unknown" -> lines.set(1, lines.get(1).replace("family", "famly"));
            case "empty" -> lines.clear();
            default -> {}
        }
        return lines;
    }

    private static String sha256(List<String> lines) {
        try {
            byte[] all = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(Http http) throws IOException {
        var texts = Stream.iterate(1, i -> i + 1).limit(LONG).map(i -> "Parcel " + i + " weighs " + i * 7 + " grams.");
        add(http, "long", texts.toArray(String[]::new));
        add(http, "odd", "My name is Ada. I live in Bergen. \u0000 \"zürich\" 🍫 \u2028", "I live in Oslo now.");
        var anchor =
                Http.JSON.createObjectNode().put("text", "Answer in French.").put("tag", "style");
        assertThat(http.post("/v1/conversations/odd/anchors", anchor).status()).isEqualTo(201);
        http.post("/v1/chat/completions", tools()).ok();
        http.post("/v1/chat/completions", edited()).ok();
        awaitFacts(http, 2); // a name and a home
    }

    private static void awaitFacts(Http http, int facts) throws IOException {
        var all = Http.JSON.createObjectNode().put("history", true);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (http.post("/v1/facts/query", all).ok().path("total").asInt() < facts) {
            assertThat(System.nanoTime()).as("facts are found in time").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void add(Http http, String id, String... texts) throws IOException {
        var body = Http.JSON.createObjectNode().put("conversation_id", id);
        var messages = body.putArray("messages");
        for (int i = 0; i < texts.length; i++) {
            say(messages, i % 2 == 0 ? "user" : "assistant", texts[i]).put("created_at", "2026-03-01T09:30:00.123456Z");
        }
        http.post("/v1/memory/add", body).ok();
    }

    private static ObjectNode say(ArrayNode messages, String role, String text) {
        return messages.addObject().put("role", role).put("content", text);
    }

    /** A history with a picture, a call of a tool and its report. */
    private static ObjectNode tools() {
        var body = Http.JSON.createObjectNode().put("model", "offline").put("user", "ada");
        var messages = body.putArray("messages");
        var parts = messages.addObject().put("role", "user").putArray("content");
        parts.addObject().put("type", "text").put("text", "What is the weather here?");
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", "https://example.org/a.png");
        var call = messages.addObject()
                .put("role", "assistant")
                .putNull("content")
                .putArray("tool_calls")
                .addObject();
        call.put("id", "call_1")
                .put("type", "function")
                .putObject("function")
                .put("name", "weather")
                .put("arguments", "{}");
        say(messages, "tool", "Rain.").put("tool_call_id", "call_1");
        say(messages, "assistant", "It rains.").put("x_extra", 1.50);
        say(messages, "user", "And tomorrow?");
        return body;
    }

    /** The same with another end: a fork. */
    private static ObjectNode edited() {
        var body = tools();
        ((ObjectNode) body.path("messages").get(4)).put("content", "And yesterday?");
        return body;
    }

    private static List<JsonNode> everything(Http http) throws IOException {
        var all = new ArrayList<JsonNode>();
        var list = http.get("/v1/conversations?limit=100").ok();
        all.add(list);
        for (String id : list.findValuesAsText("id")) {
            all.add(http.get("/v1/conversations/" + id + "/export").ok());
        }
        return all;
    }

    /** What was moved is found, recognised and gone on with. */
    private static void goesOn(Http http) throws IOException {
        var query = Http.JSON.createObjectNode().put("conversation_id", "long").put("query", "parcel 613");
        assertThat(http.post("/v1/memory/query", query)
                        .ok()
                        .path("matches")
                        .get(0)
                        .path("text")
                        .asText())
                .contains("Parcel 613 ");
        var history = tools();
        var messages = (ArrayNode) history.path("messages");
        var first = http.post("/v1/chat/completions", history).ok();
        assertThat(first.at("/perpetual_metadata/turn").asInt()).isEqualTo(6);
        say(messages, "assistant", first.at("/choices/0/message/content").asText());
        say(messages, "user", "And after that?");
        var second = http.post("/v1/chat/completions", history).ok();
        assertThat(second.at("/perpetual_metadata/conversation_id"))
                .isEqualTo(first.at("/perpetual_metadata/conversation_id"));
        assertThat(second.at("/perpetual_metadata/turn").asInt()).isEqualTo(8);
    }

    private static String secret(KeyText key) {
        return key.reveal().substring(KeyText.PREFIX.length() + key.id().length() + 1);
    }

    private Path data(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** From now on what is called {@code name} is kept in Redis. */
    private void shared(String name, String url) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                perpetua:
                  store: redis
                  redis:
                    url: %s
                    timeout: 5s
                  data: '%s'
                  embedder: none
                """.formatted(url, data(name)));
    }

    private CommandLineRun run(String data, String... words) throws IOException {
        Path config = folder.resolve(data + ".yml");
        if (!Files.exists(config)) {
            Files.writeString(config, "perpetua:\n  data: '" + data(data) + "'\n", StandardCharsets.UTF_8);
        }
        return CommandLineRun.of(Stream.concat(Stream.of(words), Stream.of("--config", config.toString()))
                .toArray(String[]::new));
    }
}
