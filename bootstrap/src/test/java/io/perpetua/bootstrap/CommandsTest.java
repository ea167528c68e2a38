package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands from the outside: what is built in, so that it does not matter whether a sandbox is there. */
@Timeout(120)
class CommandsTest {

    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    private Path folder = Path.of(".");

    private Path workspace = Path.of(".");

    @BeforeEach
    void fill() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.createDirectories(workspace.resolve("src"));
        Files.writeString(workspace.resolve("README.md"), "# The kettle\n\nIt boils water.\n");
        Files.writeString(workspace.resolve("src/app.py"), "print('hello')\n");
    }

    private RunningServer server(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("perpetua.embedder", "none");
        all.put("perpetua.commands.workspace", workspace.toString());
        all.put("perpetua.commands.sandbox", "none");
        return new RunningServer(folder.resolve("data"), all);
    }

    private static JsonNode command(String line) {
        return Http.JSON.createObjectNode().put("command", line);
    }

    private static JsonNode chat(String text, boolean stream) {
        var body = Http.JSON.createObjectNode().put("model", "auto").put("stream", stream);
        body.put("conversation_id", "c");
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    @Test
    void validate_tellsClassAndWords() throws IOException {
        try (var server = server(Map.of())) {
            var safe = server.http()
                    .post("/v1/commands/validate", command("cat README.md | wc -l"))
                    .ok();
            assertThat(safe.path("class").asText()).isEqualTo("safe");
            assertThat(safe.path("allowed").asBoolean()).isTrue();
            assertThat(safe.path("argv").toString()).isEqualTo("[\"cat\",\"README.md\"]");
            assertThat(safe.path("commands")).hasSize(2);
            var dangerous = server.http()
                    .post("/v1/commands/validate", command("rm  -rf src"))
                    .ok();
            assertThat(dangerous.path("class").asText()).isEqualTo("dangerous");
            assertThat(dangerous.path("allowed").asBoolean()).isFalse();
            assertThat(dangerous.path("reason").asText()).contains("removes whole folders");
            assertThat(server.http()
                            .post("/v1/commands/validate", command("echo 'x"))
                            .ok()
                            .path("class")
                            .asText())
                    .isEqualTo("blocked");
        }
    }

    @Test
    void run_isAnsweredAndAccountedFor() throws IOException {
        var none = verify();
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).contains("There is no account");
        try (var server = server(Map.of())) {
            var run = server.http()
                    .post("/v1/commands", command("cat README.md | head -n 1"))
                    .ok();
            assertThat(run.path("stdout").asText()).isEqualTo("# The kettle\n");
            assertThat(run.path("exit_code").asInt()).isZero();
            assertThat(run.path("truncated").asBoolean()).isFalse();
            assertThat(run.path("audit_id").asText()).isNotBlank();
            var within = Http.JSON.createObjectNode().put("command", "ls").put("workdir", "src");
            assertThat(server.http()
                            .post("/v1/commands", within)
                            .ok()
                            .path("stdout")
                            .asText())
                    .isEqualTo("app.py\n");
            var refused = server.http().post("/v1/commands", command("cat /etc/passwd"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().at("/error/code").asText()).isEqualTo("command_not_allowed");
            assertThat(refused.json().at("/error/message").asText()).contains("outside the workspace");
        }
        var verified = verify();
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains("5 records");
        Path log = folder.resolve("data/audit/commands.log");
        assertThat(Files.readString(log)).contains("cat /etc/passwd");
        Files.writeString(log, Files.readString(log).replace("cat /etc/passwd", "cat nothing"));
        verified = verify();
        assertThat(verified.status()).isEqualTo(1);
        assertThat(verified.err()).contains("line 5 has been changed");
    }

    private CommandLineRun verify() throws IOException {
        return audit("verify");
    }

    private CommandLineRun audit(String command) throws IOException {
        Path config = Files.writeString(
                folder.resolve("perpetua.yml"), "perpetua:\n  data: " + folder.resolve("data") + "\n");
        return CommandLineRun.of("audit", command, "--config", config.toString());
    }

    @Test
    void chat_thatIsForThisMachine_isAnsweredByIt() throws Exception {
        try (var server = server(Map.of())) {
            var where = server.http().post(CHAT, chat("Where are we?", false)).ok();
            assertThat(where.at("/choices/0/message/content").asText())
                    .isEqualTo(workspace.toRealPath().toString());
            assertThat(where.path("object").asText()).isEqualTo("chat.completion");
            var account = where.path("perpetual_metadata");
            assertThat(account.path("provider").asText()).isEqualTo("local");
            assertThat(account.path("cost_usd").decimalValue()).isZero();
            assertThat(account.at("/usage/source").asText()).isEqualTo("local");
            assertThat(account.path("turn").asInt()).isEqualTo(2);
            var read = server.http()
                    .post(CHAT, chat("Could you read the README, please?", false))
                    .ok();
            assertThat(read.at("/choices/0/message/content").asText()).contains("It boils water.");
            assertThat(read.at("/perpetual_metadata/turn").asInt()).isEqualTo(4);
            var chunks = server.http().stream(CHAT, chat("list the Python files", true));
            assertThat(chunks.toString()).contains("./src/app.py");
            assertThat(chunks.getLast().at("/perpetual_metadata/provider").asText())
                    .isEqualTo("local");
            var other = server.http()
                    .post(CHAT, chat("Where are we in the process?", false))
                    .ok();
            assertThat(other.at("/perpetual_metadata/provider").asText()).isNotEqualTo("local");
            Path said = folder.resolve("data/audit/said");
            try (var files = Files.list(said)) {
                assertThat(files).hasSize(1);
            }
            server.http().delete("/v1/conversations/c");
            try (var files = Files.list(said)) {
                assertThat(files).isEmpty();
            }
        }
        assertThat(verify().status()).isZero();
    }

    /** What was said while there was a workspace is erased also when there is none any more. */
    @Test
    void conversation_isErasedFromTheAccount_alsoWithoutAWorkspace() throws IOException {
        try (var server = server(Map.of())) {
            server.http().post(CHAT, chat("find the README", false)).ok();
        }
        Path said = folder.resolve("data/audit/said");
        try (var files = Files.list(said)) {
            assertThat(files).hasSize(1);
        }
        try (var server = new RunningServer(folder.resolve("data"), Map.of("perpetua.embedder", "none"))) {
            assertThat(server.http().delete("/v1/conversations/c")).isLessThan(300);
        }
        try (var files = Files.list(said)) {
            assertThat(files).isEmpty();
        }
        assertThat(verify().out()).contains("3 records").contains("Of 1, what was said has been erased");
    }

    /** An account that somebody has been at stops commands and nothing else, is told, and can be put aside. */
    @Test
    void brokenAccount_isTold_andCanBePutAside() throws IOException {
        try (var server = server(Map.of())) {
            server.http().post("/v1/commands", command("pwd")).ok();
            assertThat(audit(server).path("status").asText()).isEqualTo("UP");
        }
        Path log = folder.resolve("data/audit/commands.log");
        Files.writeString(log, Files.readString(log).replace("\"exit_code\":0", "\"exit_code\":1"));
        try (var server = server(Map.of())) {
            assertThat(server.http().post("/v1/commands", command("pwd")).status())
                    .isEqualTo(503);
            assertThat(audit(server).path("status").asText()).isEqualTo("DOWN");
            assertThat(audit(server).toString()).contains("the last record has been changed");
            assertThat(server.http().post(CHAT, chat("where are we?", false)).status())
                    .isEqualTo(200);
        }
        assertThat(verify().err()).contains("audit restart");
        var restarted = audit("restart");
        assertThat(restarted.status()).as(restarted.err()).isZero();
        assertThat(audit("restart").err()).contains("left alone");
        try (var server = server(Map.of())) {
            server.http().post("/v1/commands", command("pwd")).ok();
        }
        assertThat(verify().out()).contains("3 records").contains("begun anew").contains("line 2 has been changed");
    }

    private static JsonNode audit(RunningServer server) throws IOException {
        return server.http().get("/health").json().at("/dependencies/audit");
    }

    @Test
    void chat_ofAKeyWithoutTheScope_isForAModel() throws Exception {
        try (var server = server(Map.of())) {
            var keys = new ManageKeys(server.bean(ApiKeys.class), new SecureRandom(), InstantSource.system());
            assertThat(provider(server, key(keys, EnumSet.of(Permission.CHAT)))).isNotEqualTo("local");
            assertThat(provider(server, key(keys, EnumSet.of(Permission.CHAT, Permission.COMMANDS))))
                    .isEqualTo("local");
            var refused = send(server, "/v1/commands", key(keys, EnumSet.of(Permission.CHAT)), "{\"command\":\"ls\"}");
            assertThat(refused.at("/error/code").asText()).isEqualTo("permission_denied");
        }
    }

    private static String key(ManageKeys keys, Set<Permission> permissions) {
        return keys.create("key", new Access("acme", permissions, AllowedModels.ALL, Rates.UNLIMITED, null), null)
                .reveal();
    }

    private static String provider(RunningServer server, String key) throws Exception {
        return send(server, CHAT, key, chat("where are we?", false).toString())
                .at("/perpetual_metadata/provider")
                .asText();
    }

    private static JsonNode send(RunningServer server, String path, String key, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return Http.JSON.readTree(
                    client.send(request, BodyHandlers.ofString()).body());
        }
    }

    @Test
    void withoutAWorkspace_thereAreNoCommands() throws IOException {
        try (var server = new RunningServer(folder.resolve("other"), Map.of("perpetua.embedder", "none"))) {
            for (String call : new String[] {"/v1/commands", "/v1/commands/validate"}) {
                var refused = server.http().post(call, command("ls"));
                assertThat(refused.status()).isEqualTo(404);
                assertThat(refused.json().at("/error/code").asText()).isEqualTo("commands_off");
            }
            assertThat(server.http()
                            .post(CHAT, chat("where are we?", false))
                            .ok()
                            .at("/perpetual_metadata/provider")
                            .asText())
                    .isNotEqualTo("local");
        }
    }
}
