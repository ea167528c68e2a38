package io.perpetua.bootstrap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.access.KeyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {

    @TempDir
    Path folder;

    private Path data = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        config = folder.resolve("keys.yml");
        Files.writeString(config, "perpetua:\n  data: '" + data + "'\n");
    }

    @Test
    void create_printsTheKeyAloneAndKeepsNoSecret() throws IOException {
        var made = keys("create", "ci");

        assertThat(made.status()).isZero();
        var key = key(made);
        assertThat(made.out()).isEqualTo(key.reveal() + System.lineSeparator());
        assertThat(made.err())
                .contains(key.id(), "ci", "this once", "Authorization: Bearer")
                .doesNotContain(secret(key));
        assertThat(list()).containsExactly(key.id());
        for (Path file : files()) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret(key));
        }
    }

    @Test
    void create_whereNoServerIs_opensTheStoreAndNothingElse() throws IOException {
        keys("create", "ci");

        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("perpetua.db", "perpetua.lock");
    }

    @Test
    void list_showsWhatEachMayAndNoDigest() {
        var key = key(keys(
                "create",
                "nightly jobs",
                "--tenant",
                "acme",
                "--scopes",
                "chat, facts",
                "--models",
                "openai/gpt-4o,groq/*",
                "--requests-per-minute",
                "60",
                "--requests-per-day",
                "1000",
                "--tokens-per-minute",
                "20000",
                "--tokens-per-day",
                "300000",
                "--budget",
                "12.50",
                "--budget-period",
                "month",
                "--expires",
                "2999-01-01"));

        var listed = keys("list");

        assertThat(listed.status()).isZero();
        assertThat(listed.out().lines().toList().getLast())
                .startsWith(key.id())
                .contains("  nightly jobs  acme    chat,facts  openai/gpt-4o,groq/*  ")
                .contains("60 requests/min, 1000 requests/day, 20000 tokens/min, 300000 tokens/day")
                .contains("$0.00 of $12.50 month")
                .contains("2999-01-01T00:00:00Z")
                .endsWith("good");
        assertThat(listed.out()).doesNotContain(key.digest()).doesNotContain(secret(key));
    }

    @Test
    void create_withNothingSaid_isForChatAndMemoryWithoutLimits() {
        keys("create", "plain");

        assertThat(keys("list").out().lines().toList().getLast())
                .containsPattern("plain +local +chat,memory +- +- +- +\\S+ +never +good");
    }

    @Test
    void list_noKeys_saysHowToMakeOne() {
        var listed = keys("list");

        assertThat(listed.status()).isZero();
        assertThat(listed.out()).isEmpty();
        assertThat(listed.err()).contains("./perpetua keys create NAME");
    }

    @Test
    void revoke_byIdOrByTheKeyItself_isShown() {
        var one = key(keys("create", "one"));
        var two = key(keys("create", "two"));
        var three = key(keys("create", "three"));

        assertThat(keys("revoke", one.id()).status()).isZero();
        assertThat(keys("revoke", two.reveal()).err()).contains(two.id()).doesNotContain(secret(two));
        assertThat(keys("revoke", one.id()).status()).as("again").isZero();

        assertThat(keys("list").out().lines().skip(1).map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly("revoked", "revoked", "good");
        assertThat(list()).containsExactly(one.id(), two.id(), three.id());
    }

    @Test
    void revoke_unknown_isToldInASentence() {
        var run = keys("revoke", "0123456789ab");

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("There is no key 0123456789ab").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tenant | ' ' | 1 to 256 printable characters",
                "--scopes | chta | some of chat, memory, facts, vision, commands, admin",
                "--scopes | '' | some of chat",
                "--models | */gpt-4o | provider/model",
                "--requests-per-minute | 0 | a whole number from 1",
                "--requests-per-day | 1.5 | a whole number from 1",
                "--tokens-per-minute | -3 | a whole number from 1",
                "--tokens-per-day | 99999999999 | a whole number from 1 to 10000000000",
                "--budget | free | dollars",
                "--budget | 0 | dollars",
                "--budget | 1E+999999999 | dollars",
                "--expires | tomorrow | a date such as",
                "--expires | 2020-01-01 | a time to come",
                "--expires | +99999-01-01 | a date such as",
                "--expires | 2027-13-01T00:00:00Z | a date such as",
            })
    void create_optionThatMakesNoSense_isToldWithWhatWasExpected(String option, String value, String expected) {
        var run = keys("create", "ci", option + "=" + value);

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(option + ": ", "expected " + expected, "found '" + value + "'")
                .doesNotContain("\tat ");
        assertThat(list()).isEmpty();
    }

    @Test
    void create_periodWithoutBudgetOrOfAnotherLength_isRefused() {
        assertThat(keys("create", "ci", "--budget-period", "day").err()).contains("without a --budget");
        assertThat(keys("create", "ci", "--budget", "5", "--budget-period", "week")
                        .err())
                .contains("--budget-period: expected total, day or month, found 'week'.");
        assertThat(keys("create", " ").err()).contains("NAME: expected");
    }

    @Test
    void keys_withoutOrWithUnknownCommand_isRefused() {
        assertThat(CommandLineRun.of("keys").status()).isEqualTo(Explanation.USAGE);
        assertThat(CommandLineRun.of("keys", "crate").err()).contains("crate");
    }

    @Test
    void create_fileThatIsNoDatabase_isToldInASentence() throws IOException {
        Files.writeString(data.resolve("perpetua.db"), "not a database ".repeat(100));

        var run = keys("create", "ci");

        assertThat(run.status()).isEqualTo(Explanation.USAGE);
        assertThat(run.err()).contains("perpetua.db").doesNotContain("\tat ");
    }

    @Test
    void create_asAProcess_printsNothingElseToStandardOutput() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.perpetua.bootstrap.Perpetua",
                        "keys",
                        "create",
                        "ci",
                        "--config",
                        config.toString())
                .directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(KeyText.parse(out.stripTrailing())).isNotNull();
        assertThat(folder.resolve("stderr")).content().hasLineCount(2);
    }

    @Test
    void keys_besideABusyServer_areMadeListedAndRevokedAndNothingIsLost() throws Exception {
        var busy = new AtomicBoolean(true);
        var acknowledged = new AtomicInteger();
        try (var server = ServerProcess.start(data, Map.of())) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    String id = "busy-" + i;
                    threads.execute(() -> {
                        while (busy.get()) {
                            say(server.http(), id);
                            acknowledged.incrementAndGet();
                        }
                    });
                }
                try {
                    ServerProcess.await("the load", () -> acknowledged.get() > 20);
                    makeAndRevoke(server.http());
                } finally {
                    busy.set(false);
                }
            }
            assertThat(turns(server.http())).isEqualTo(2 * acknowledged.get());
            server.terminate();
            server.ended();
        }

        assertThat(list()).hasSize(6);
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .doesNotContain("perpetua.db-wal", "perpetua.db-shm");
        try (var again = ServerProcess.start(data, Map.of())) {
            assertThat(turns(again.http())).isEqualTo(2 * acknowledged.get());
        }
    }

    /** Keys come and go while conversations are erased. */
    private void makeAndRevoke(Http http) throws IOException {
        for (int i = 0; i < 6; i++) {
            var made = keys("create", "key " + i);
            assertThat(made.status()).as(made.err()).isZero();
            assertThat(list()).hasSize(i + 1);
            say(http, "erased-" + i);
            assertThat(http.delete("/v1/conversations/erased-" + i)).isLessThan(300);
            if (i % 2 == 0) {
                assertThat(keys("revoke", key(made).id()).status()).isZero();
            }
        }
        assertThat(keys("list").out().lines().filter(line -> line.endsWith("revoked")))
                .hasSize(3);
    }

    private static void say(Http http, String conversation) {
        var body = Http.JSON.createObjectNode().put("conversation_id", conversation);
        var messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", "Is the parcel there?");
        messages.addObject().put("role", "assistant").put("content", "It is.");
        try {
            http.post("/v1/memory/add", body).ok();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int turns(Http http) throws IOException {
        int turns = 0;
        for (int i = 0; i < 8; i++) {
            turns += http.get("/v1/conversations/busy-" + i).ok().path("turns").asInt();
        }
        return turns;
    }

    private CommandLineRun keys(String... words) {
        return CommandLineRun.of(Stream.of(
                        List.of("keys", words[0], "--config", config.toString()),
                        List.of(words).subList(1, words.length))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private List<String> list() {
        return keys("list")
                .out()
                .lines()
                .skip(1)
                .map(line -> line.substring(0, 12))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(data)) {
            return files.toList();
        }
    }

    private static KeyText key(CommandLineRun made) {
        return requireNonNull(
                KeyText.parse(made.out().lines().toList().getLast()), () -> "status " + made.status() + made.err());
    }

    private static String secret(KeyText key) {
        return key.reveal().substring(KeyText.PREFIX.length() + key.id().length() + 1);
    }
}
