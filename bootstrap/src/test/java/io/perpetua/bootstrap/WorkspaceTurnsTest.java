package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Turns in a real workspace, half of which are about it and half of which only look as if they were: by what is there, and not
 * by the words alone.
 */
@Timeout(120)
class WorkspaceTurnsTest {

    private static final double RIGHT = 0.95;

    @Test
    void turn_isAnsweredByWhoCan(@TempDir Path folder) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        for (String file : List.of(
                "README.md",
                "pom.xml",
                "notes.txt",
                "app.log",
                "Makefile",
                "config.yml",
                "package.json",
                "src/app.py",
                "src/lib.py",
                "docs/guide.md")) {
            Files.createDirectories(workspace.resolve(file).getParent());
            Files.writeString(workspace.resolve(file), "one\ntwo\nthree\n");
        }
        var settings = Map.<String, Object>of(
                "perpetua.embedder", "none",
                "perpetua.commands.workspace", workspace.toString(),
                "perpetua.commands.sandbox", "none");
        var wrong = new ArrayList<String>();
        var lines = utterances();
        try (var server = new RunningServer(folder.resolve("data"), settings)) {
            for (String line : lines) {
                String said = line.substring(line.indexOf('|') + 1);
                var body = Http.JSON.createObjectNode().put("model", "auto").put("use_memory", false);
                body.putArray("messages").addObject().put("role", "user").put("content", said);
                var reply = server.http().post("/v1/chat/completions", body).ok();
                boolean local =
                        reply.at("/perpetual_metadata/provider").asText().equals("local");
                if (local != line.startsWith("local|")) {
                    wrong.add(line);
                }
            }
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
        assertThat(1 - (double) wrong.size() / lines.size())
                .as(wrong.toString())
                .isGreaterThanOrEqualTo(RIGHT);
        assertThat(wrong).noneMatch(line -> line.startsWith("model|"));
    }

    private static List<String> utterances() throws IOException {
        try (var in = Objects.requireNonNull(WorkspaceTurnsTest.class.getResourceAsStream("/workspace-turns.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
