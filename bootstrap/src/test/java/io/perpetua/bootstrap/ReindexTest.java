package io.perpetua.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index made anew by processes that are killed. */
class ReindexTest {

    private static final int CONVERSATIONS = 12;
    private static final int EACH = 100;

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        config = folder.resolve("reindex.yml");
        Files.writeString(config, "perpetua:\n  embedder: none\n  data: '" + data + "'\n");
    }

    @Test
    void reindex_killed_isGoneOnWith() throws Exception {
        try (var server = ServerProcess.start(data, Map.of())) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                add(server.http(), i);
            }
            var beside = run();
            assertThat(beside.status()).isEqualTo(Explanation.USAGE);
            assertThat(beside.err()).contains("stop it first").doesNotContain("\tat ");
            server.terminate();
            server.ended();
        }
        delete(data.resolve("index"));
        long all = depth() + CONVERSATIONS;

        long left = killedAfterTheFirstStep(all);
        assertThat(left).as(Files.readString(folder.resolve("stderr"))).isBetween(1L, all - 1);

        var run = run();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("has what it was owed: " + left * EACH + " turns");
        assertThat(depth()).isZero();
        var again = run();
        assertThat(again.err()).contains("The index is made anew: 1,200 turns.");
        try (var server = ServerProcess.start(data, Map.of())) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                finds(server.http(), i);
            }
        }
    }

    @Test
    void reindex_documents_areInTheirIndexAgain() throws Exception {
        try (var server = ServerProcess.start(data, Map.of())) {
            var http = server.http();
            String text = Base64.getEncoder().encodeToString("# Boilers\n\nThe lantern burns.".getBytes(UTF_8));
            var body = Http.JSON.createObjectNode().put("document", text).put("media_type", "text/markdown");
            String job =
                    http.post("/v1/vision/index", body).json().path("job_id").asText();
            ServerProcess.await("the document", () -> succeeded(http, job));
            server.terminate();
            server.ended();
        }
        delete(data.resolve("regions"));

        var run = run();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("The index of documents is made anew: 1 pages.");
        try (var context = Contexts.tool(config, RegionIndex.class)) {
            var index = context.getBean(RegionIndex.class);
            assertThat(index.needsRebuild()).isFalse();
            var found = index.search(new Scope("local", "default"), RegionFilter.ALL, "lantern", null);
            assertThat(found.regions()).isNotEmpty();
        }
        var exported =
                CommandLineRun.of("export", folder.resolve("all.jsonl").toString(), "--config", config.toString());
        assertThat(exported.err()).contains("1 documents stay here");
    }

    private static boolean succeeded(Http http, String job) {
        try {
            return http.get("/v1/vision/index/jobs/" + job)
                    .ok()
                    .path("status")
                    .asText()
                    .equals("succeeded");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many entries wait when the process is dead. */
    private long killedAfterTheFirstStep(long all) throws Exception {
        var process = process();
        try (var context = Contexts.tool(config, Outbox.class)) {
            var outbox = context.getBean(Outbox.class);
            ServerProcess.await("the first step", () -> !process.isAlive() || within(outbox.depth(), 1, all - 1));
        }
        process.destroyForcibly().waitFor();
        return depth();
    }

    private static boolean within(long number, long least, long most) {
        return least <= number && number <= most;
    }

    private static void add(Http http, int conversation) throws IOException {
        var body = Http.JSON.createObjectNode().put("conversation_id", "c" + conversation);
        var messages = body.putArray("messages");
        for (int i = 0; i < EACH; i++) {
            messages.addObject()
                    .put("role", i % 2 == 0 ? "user" : "assistant")
                    .put(
                            "content",
                            "Parcel " + conversation + "x" + i + " weighs " + i * 7 + " grams and goes to Bergen.");
        }
        http.post("/v1/memory/add", body).ok();
    }

    private static void finds(Http http, int conversation) throws IOException {
        String text = "parcel " + conversation + "x77";
        var query = Http.JSON
                .createObjectNode()
                .put("conversation_id", "c" + conversation)
                .put("query", text);
        assertThat(http.post("/v1/memory/query", query)
                        .ok()
                        .path("matches")
                        .get(0)
                        .path("text")
                        .asText())
                .containsIgnoringCase(text + " ");
    }

    /** With the embedder, so that it takes some seconds. */
    private Process process() throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.perpetua.bootstrap.Perpetua",
                        "reindex",
                        "--config",
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stderr").toFile());
        builder.environment().put("PERPETUA_EMBEDDER", "bge-small-en-v1.5");
        return builder.start();
    }

    /** Entries that wait for the index. */
    private long depth() {
        try (var context = Contexts.tool(config, Outbox.class)) {
            return context.getBean(Outbox.class).depth();
        }
    }

    private CommandLineRun run() {
        return CommandLineRun.of("reindex", "--config", config.toString());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
