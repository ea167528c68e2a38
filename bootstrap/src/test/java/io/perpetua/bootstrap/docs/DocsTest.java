package io.perpetua.bootstrap.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.adapters.redis.RedisProcess;
import io.perpetua.bootstrap.Perpetua;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/*
 * Every block of code in README.md, CONTRIBUTING.md and docs/ is run, in the order of its page, by what its tag says:
 *
 *   sh      in bash, against one server for all, whose answers are compared with the API's description; where it starts a
 *           server itself, or needs that none runs, in a folder apart
 *   yaml    by ./perpetua check, if it configures Perpetua
 *   rules   by ./perpetua check, as the rules of commands
 *   json    is compared with what the sh block before it on the page was answered: it may leave fields out, and has no others
 *   java, python, js   run against the server, the latter two where their library is installed, and else looked over
 *   text    is for people alone
 *
 * Any other tag fails, and so does none.
 */
class DocsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern APART = Pattern.compile("\\./perpetua (serve|reindex)\\b");
    private static final Pattern CLASS = Pattern.compile("\\bclass (\\w+)");
    private static final List<String> PROGRAMS = List.of("jq", "sqlite3", "base64");

    @TempDir
    static Path folder;

    private static Program program;
    private static RedisProcess redis;
    private static Workplace shared;

    private final Described described = new Described();
    private JsonNode answer = JSON.missingNode();

    DocsTest() throws IOException {}

    @BeforeAll
    static void start() throws IOException {
        program = Program.pack(folder);
        redis = RedisProcess.start();
        shared = new Workplace(Files.createDirectory(folder.resolve("shared")), redis.url(), program);
        holds(shared.run(Map.of(), "./perpetua", "keys", "list"));
        assertThat(program.archive()).exists();
        shared.serve(Map.of("PERPETUA_EMBEDDER", "bge-small-en-v1.5"));
        indexManual();
    }

    /** What a search of the documentation's finds. */
    private static void indexManual() throws IOException {
        var run = shared.bash("""
                curl http://127.0.0.1:8081/v1/vision/index -H 'Content-Type: application/json' -d '{
                  "document": "'$(printf '# Boiler\\n\\nThe red valve opens the boiler.\\n' | base64 -w0)'",
                  "media_type": "text/markdown", "metadata": {"title": "Boiler", "year": 2026}}'
                curl http://127.0.0.1:8081/v1/vision/index/jobs/JOB
                """, false);
        assertThat(run.status()).as(run.output()).isZero();
    }

    @AfterAll
    static void stop() throws IOException {
        shared.close();
        redis.close();
    }

    @TestFactory
    Stream<DynamicTest> snippets() throws IOException {
        var all = Snippet.all();
        return IntStream.range(0, all.size()).mapToObj(i -> {
            var snippet = all.get(i);
            boolean refused = i + 1 < all.size()
                    && all.get(i + 1).language().equals("json")
                    && all.get(i + 1).text().stripLeading().startsWith("{\"error\"");
            return DynamicTest.dynamicTest(snippet.place(), () -> check(snippet, refused));
        });
    }

    @Test
    void snippets_whatIsLeftOut_isThere() throws IOException {
        assertThat(NotRun.unused(Snippet.all().stream().map(Snippet::text).toList()))
                .isEmpty();
    }

    private void check(Snippet snippet, boolean refused) throws IOException {
        switch (snippet.language()) {
            case "sh" -> shell(snippet, refused);
            case "yaml" -> yaml(snippet);
            case "rules" -> rules(snippet);
            case "json" -> json(snippet);
            case "java" -> java(snippet);
            case "python" -> python(snippet);
            case "js" -> script(snippet);
            case "text" -> {} // for people alone
            default -> fail("a block that is tagged '" + snippet.language() + "', which is not known here");
        }
    }

    private void shell(Snippet snippet, boolean refused) throws IOException {
        for (String program : PROGRAMS) {
            if (snippet.text().contains(program + " ")) {
                assumeTrue(isThere(program), program + " is not installed");
            }
        }
        boolean apart = APART.matcher(snippet.text()).find();
        var place = apart ? place() : shared;
        var run = place.bash(snippet.text(), refused);
        assertThat(run.status()).as(run.output()).isZero();
        answer = Shape.answer(place.answer());
        areAsDescribed(place.calls());
    }

    /** Every answer has the fields, of the types, that the API's description gives it, and no others. */
    private void areAsDescribed(List<Workplace.Call> calls) {
        for (var call : calls) {
            var json = Shape.answer(call.answer());
            if (!json.isMissingNode() && !call.answer().startsWith("data:")) {
                assertThat(described.wrong(call.method(), call.path(), call.status(), json))
                        .as(call.toString())
                        .isEmpty();
            }
        }
    }

    private static Workplace place() throws IOException {
        return new Workplace(Files.createTempDirectory(folder, "apart"), redis.url(), program);
    }

    private static void yaml(Snippet snippet) throws IOException {
        Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(snippet.text());
        if (loaded instanceof Map<?, ?> sections && sections.containsKey("perpetua")) {
            check(shared.fit(snippet.text()));
        }
    }

    private static void rules(Snippet snippet) throws IOException {
        Path file = Files.writeString(shared.folder().resolve("etc/programs.rules"), snippet.text());
        check("perpetua: {commands: {workspace: %s, profile: custom, custom: {rules: %s}}}"
                .formatted(shared.folder(), file));
    }

    private static void check(String configuration) throws IOException {
        Path file = Files.writeString(shared.folder().resolve("snippet.yml"), configuration);
        var told = new StringWriter();
        int status = Perpetua.commandLine()
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(told))
                .execute("check", "--config", file.toString());
        assertThat(status).as(told.toString()).isZero();
    }

    private void json(Snippet snippet) throws IOException {
        var shown = JSON.readTree(snippet.text());
        assertThat(Shape.missing(shown, answer)).as("against " + answer).isEmpty();
    }

    private static void java(Snippet snippet) throws IOException {
        var named = CLASS.matcher(snippet.text());
        assertThat(named.find()).as("a class").isTrue();
        Path source = Files.writeString(shared.folder().resolve(named.group(1) + ".java"), shared.fit(snippet.text()));
        String path = program.classPath();
        var compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        var told = new ByteArrayOutputStream();
        int status = compiler.run(
                null,
                told,
                told,
                "-proc:none",
                "-cp",
                path,
                "-d",
                shared.folder().toString(),
                source.toString());
        assertThat(status).as(told.toString(StandardCharsets.UTF_8)).isZero();
        says(shared.run(
                Map.of(),
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                shared.folder() + ":" + path,
                named.group(1)));
    }

    private static void python(Snippet snippet) throws IOException {
        assumeTrue(isThere("python3"), "python3 is not installed");
        Path file = Files.writeString(shared.folder().resolve("snippet.py"), shared.fit(snippet.text()));
        if (works("python3", "-c", "import openai")) {
            says(shared.run(Map.of(), "python3", file.toString()));
        } else {
            holds(shared.run(Map.of(), "python3", "-m", "py_compile", file.toString()));
        }
    }

    private static void script(Snippet snippet) throws IOException {
        assumeTrue(isThere("node"), "node is not installed");
        Path file = Files.writeString(shared.folder().resolve("snippet.mjs"), shared.fit(snippet.text()));
        if (works("node", "--input-type=module", "-e", "import 'openai'")) {
            says(shared.run(Map.of(), "node", file.toString()));
        } else {
            holds(shared.run(Map.of(), "node", "--check", file.toString()));
        }
    }

    private static void holds(Workplace.Run run) {
        assertThat(run.status()).as(run.output()).isZero();
    }

    /** The examples of clients all ask the same. */
    private static void says(Workplace.Run run) {
        holds(run);
        assertThat(run.output()).contains("blue flowerpot");
    }

    private static boolean isThere(String program) {
        return Arrays.stream(requireNonNull(System.getenv("PATH")).split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean works(String... words) throws IOException {
        return shared.run(Map.of(), words).status() == 0;
    }
}
