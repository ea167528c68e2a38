package io.perpetua.bootstrap.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/**
 * A folder in which snippets are run as their readers would: with the program beside them, the files that they speak of, and
 * a server's port and data directory of their own. What differs from a reader's machine is said in {@link #fit}, and in
 * {@code perpetua} and {@code prelude.sh} among the resources.
 */
final class Workplace implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> RESOURCES = List.of("perpetua", "prelude.sh");

    private final Path folder;
    private final int port = freePort();
    private final String redis;
    private final Program program;

    /** What came of a program. */
    record Run(int status, String output) {}

    /**
     * A call that a snippet has made.
     *
     * @param path without the query
     */
    record Call(int status, String method, String path, String answer) {}

    /**
     * Makes the files.
     *
     * @param folder an empty one
     * @param redis the address of a Redis
     */
    Workplace(Path folder, String redis, Program program) throws IOException {
        this.program = program;
        this.folder = folder;
        this.redis = redis;
        for (String name : RESOURCES) {
            try (var in = Workplace.class.getResourceAsStream("/docs/" + name)) {
                Files.copy(requireNonNull(in, name), folder.resolve(name));
            }
        }
        Files.setPosixFilePermissions(folder.resolve("perpetua"), PosixFilePermissions.fromString("rwxr-xr-x"));
        var project = Files.createDirectories(folder.resolve("project/src"));
        Files.writeString(project.resolve("main.py"), "print('hello')  # TODO: say more\n");
        Files.writeString(folder.resolve("project/README.md"), "A project.\n");
        Files.createDirectories(folder.resolve("etc"));
        Files.createDirectories(folder.resolve("docs"));
        Files.writeString(folder.resolve("etc/programs.rules"), "cloc: safe read*\n");
        Files.writeString(folder.resolve("prices.json"), """
                {"gpt-4o-mini": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 128000,
                  "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6e-07}}
                """);
        Files.writeString(folder.resolve("conversation.json"), """
                [{"role": "user", "content": "The spare key is under the blue flowerpot."},
                 {"role": "assistant", "content": "Noted."},
                 {"role": "user", "content": "Where is the spare key?"}]
                """);
        Files.createFile(folder.resolve("copy.db")); // as good as a database in which there is nothing yet
        manual(folder.resolve("manual.pdf"));
    }

    /** A manual of one page. */
    private static void manual(Path file) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(72, 700);
                content.showText("The red valve opens the boiler. Turn it slowly.");
                content.endText();
            }
            document.save(file.toFile());
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** {@code text} with this machine's addresses and folders in the place of those that the documentation takes as examples. */
    String fit(String text) {
        return text.replace("127.0.0.1:8081", "127.0.0.1:" + port)
                .replace("localhost:8081", "localhost:" + port)
                .replace("redis://redis:6379", redis)
                .replace("~/.perpetua", folder.resolve("data").toString())
                .replace("/srv/project", folder.resolve("project").toString())
                .replace("/etc/perpetua", folder.resolve("etc").toString())
                .replace("[prices.json]", "[" + folder.resolve("prices.json") + "]");
    }

    /**
     * Runs {@code script} in bash. Servers that it starts end with it.
     *
     * @param refused whether it shows how something is refused
     */
    Run bash(String script, boolean refused) throws IOException {
        Path file = Files.writeString(
                folder.resolve("snippet.sh"), ". ./prelude.sh\n" + fit(NotRun.without(script)), StandardCharsets.UTF_8);
        try {
            return run(Map.of("DOCS_REFUSED", refused ? "yes" : ""), "bash", file.toString());
        } finally {
            if (!Files.exists(folder.resolve("lasting"))) {
                stop();
            }
        }
    }

    /** Starts a server that stays until the end. */
    void serve(Map<String, String> settings) throws IOException {
        Files.createFile(folder.resolve("lasting"));
        var run = run(settings, "./perpetua", "serve");
        if (run.status() != 0) {
            throw new IllegalStateException(run.output());
        }
    }

    /** The calls since this was asked last. */
    List<Call> calls() throws IOException {
        Path file = folder.resolve("calls");
        if (!Files.exists(file)) {
            return List.of();
        }
        var calls = new ArrayList<Call>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 3);
            String answer = Files.readString(folder.resolve("call-" + (calls.size() + 1)));
            calls.add(new Call(
                    Integer.parseInt(words[0]), words[1], URI.create(words[2]).getPath(), answer));
        }
        Files.delete(file);
        return calls;
    }

    /** What was answered last; nothing where nothing was. */
    String answer() throws IOException {
        Path answer = folder.resolve("answer");
        return Files.exists(answer) ? Files.readString(answer) : "";
    }

    /** Runs a program in the folder, and returns when it has ended. */
    Run run(Map<String, String> settings, String... words) throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(PERPETUA|JAVA|OTEL)_.*|.*_(API_KEY|BASE_URL|URL)"));
        environment.putAll(Map.of(
                "HOME", folder.toString(),
                "DOCS", folder.toString(),
                "DOCS_PROJECT", Snippet.PROJECT.toString(),
                "DOCS_JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "DOCS_ARCHIVE", program.option(),
                "DOCS_CLASSPATH", program.classPath()));
        environment.putAll(Map.of(
                "PERPETUA_DATA", folder.resolve("data").toString(),
                "PERPETUA_PORT", Integer.toString(port),
                "PERPETUA_EMBEDDER", "none",
                "PERPETUA_REDIS_TIMEOUT", "10s", // a busy machine is not what is tested
                "PERPETUA_WORKSPACE", folder.resolve("project").toString()));
        environment.putAll(settings);
        Path input = Files.writeString(folder.resolve("input"), "Hello.\n");
        Path output = folder.resolve("output");
        var process = builder.redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Run(-1, "it does not end\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Run(process.exitValue(), Files.readString(output));
    }

    private void stop() throws IOException {
        Path servers = folder.resolve("servers");
        if (!Files.exists(servers)) {
            return;
        }
        for (String id : Files.readAllLines(servers)) {
            ProcessHandle.of(Long.parseLong(id)).ifPresent(server -> {
                server.destroyForcibly();
                server.onExit().join();
            });
        }
        Files.delete(servers);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
