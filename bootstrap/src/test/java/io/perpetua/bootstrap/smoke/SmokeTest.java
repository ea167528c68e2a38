package io.perpetua.bootstrap.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.Perpetua;
import io.perpetua.bootstrap.smoke.FaultyServer.Fault;
import io.perpetua.bootstrap.smoke.FaultyServer.Traffic;
import io.perpetua.bootstrap.smoke.Verdict.Mark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The evaluation of a server that is well, and of servers that are not. */
@TestInstance(Lifecycle.PER_CLASS)
class SmokeTest {

    private static final String CHAT = "/v1/chat/completions";

    /** The beginnings of the checks of each message. */
    private static final String[] EVERY_MESSAGE = {"1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 "};

    private OwnServer good;

    @BeforeAll
    void start() throws IOException {
        good = new OwnServer();
    }

    @AfterAll
    void stop() throws IOException {
        good.close();
    }

    @Test
    void run_serverThatIsWell_passesEveryCheck(@TempDir Path folder) throws IOException {
        var table = folder.resolve("smoke.json");
        var out = new StringWriter();

        int status = Perpetua.commandLine().setOut(new PrintWriter(out)).execute("smoke", "--json", table.toString());

        assertThat(out.toString()).contains("15 passed, 0 failed, 0 skipped");
        assertThat(status).isZero();
        assertThat(new ObjectMapper().readTree(table.toFile()).findValuesAsText("outcome"))
                .hasSize(15)
                .containsOnly("passed");
    }

    @Test
    void run_serverElsewhere_isAskedAndItsFallbackLeftAlone() {
        var out = new StringWriter();

        int status = Perpetua.commandLine()
                .setOut(new PrintWriter(out))
                .execute("smoke", "--url", good.url().toString());

        assertThat(out.toString()).contains("14 passed, 0 failed, 1 skipped");
        assertThat(status).isZero();
    }

    @Test
    void run_serverWithoutAnyProvider_passesToo(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("perpetua.yml"), "perpetua: {port: -1}");
        var out = new StringWriter();
        try (var context = Contexts.start(
                file, Map.of("perpetua.data", folder.resolve("data").toString()))) {
            var url = context.getBean(EmbeddedServer.class).start().getURI();

            int status = Perpetua.commandLine().setOut(new PrintWriter(out)).execute("smoke", "--url", url.toString());

            assertThat(out.toString()).contains("14 passed, 0 failed, 1 skipped");
            assertThat(status).isZero();
        }
    }

    /** @param checks the beginnings of those that find it */
    record Seeded(String name, Fault fault, List<String> checks) {

        Seeded(String name, Fault fault, String... checks) {
            this(name, fault, List.of(checks));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault reply(UnaryOperator<Traffic> change) {
        return new Fault() {
            @Override
            public Traffic reply(Traffic reply) {
                return change.apply(reply);
            }
        };
    }

    private static Fault stream(UnaryOperator<String> change) {
        return reply(reply -> reply.body().startsWith("data:") ? reply.with(change.apply(reply.body())) : reply);
    }

    static Stream<Seeded> faults() {
        return Stream.of(
                new Seeded(
                        "an intent is wrong",
                        stream(body -> body.replace("\"intent\":\"reasoning/math\"", "\"intent\":\"qa_retrieval\"")),
                        "5 "),
                new Seeded("the body is empty", stream(body -> ""), EVERY_MESSAGE),
                new Seeded(
                        "the answer is empty",
                        stream(body -> body.replaceAll("\"content\":\"[^\"]*\"", "\"content\":\"\"")),
                        EVERY_MESSAGE),
                new Seeded(
                        "the answer is another's",
                        stream(body -> body.replaceAll("\"content\":\"[^\"]+\"", "\"content\":\"OK.\"")),
                        "2 ",
                        "3 ",
                        "4 ",
                        "5 ",
                        "8 "),
                new Seeded(
                        "the stream does not end", stream(body -> body.replace("data: [DONE]\n\n", "")), EVERY_MESSAGE),
                new Seeded("events run together", stream(body -> body.replaceFirst("\n\n", "\n")), EVERY_MESSAGE),
                new Seeded(
                        "the account is missing",
                        stream(body -> body.replace("perpetual_metadata", "metadata")),
                        EVERY_MESSAGE),
                new Seeded(
                        "the account is empty", stream(body -> body.replace("\"usage\":", "\"use\":")), EVERY_MESSAGE),
                new Seeded(
                        "answers are not kept",
                        reply(reply -> reply.path().contains("/turns")
                                ? reply.with(reply.body().replaceAll("\"text\":\"Merge[^\"]*\"", "\"text\":\"\""))
                                : reply),
                        "memory: every turn"),
                new Seeded(
                        "it forgets", new Forgetful(), "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8 ", "memory", "erasing"),
                new Seeded("the cache never hits", reply(reply -> reply.withCache("MISS")), "cache"),
                new Seeded(
                        "nobody stands in",
                        reply(reply -> reply.body().contains("\"fallback_used\":true")
                                ? reply.withStatus(503).with("{\"error\":{\"message\":\"no\"}}")
                                : reply),
                        "fallback"),
                new Seeded(
                        "known facts are new",
                        reply(reply -> reply.is("POST", "/v1/facts") ? reply.withStatus(201) : reply),
                        "facts"),
                new Seeded(
                        "erasing leaves the conversation",
                        new Fault() {
                            @Override
                            public Traffic request(Traffic request) {
                                return request.method().equals("DELETE")
                                                && request.path().endsWith(request.path())
                                        ? new Traffic("GET", request.path(), 0, "", "")
                                        : request;
                            }
                        },
                        "facts",
                        "erasing"));
    }

    /** Takes every message for the first of a conversation, which it tells nobody. */
    private static final class Forgetful implements Fault {

        private static final Pattern ID = Pattern.compile("\"(smoke-[0-9a-f]+)\"");
        private static final String LOST = "lost-[0-9a-f-]+";

        private String said = "";

        @Override
        public Traffic request(Traffic request) {
            var id = ID.matcher(request.body());
            if (!request.is("POST", CHAT) || !id.find()) {
                return request;
            }
            said = id.group(1);
            return request.with(id.replaceFirst("\"lost-" + UUID.randomUUID() + "\""));
        }

        @Override
        public Traffic reply(Traffic reply) {
            return reply.with(reply.body().replaceAll(LOST, said));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void run_serverWithAFault_findsIt(Seeded seeded) throws IOException {
        try (var server = new FaultyServer(good.url(), seeded.fault());
                var client = new Client(server.url(), null)) {
            String nonce = UUID.randomUUID().toString().substring(0, 8);

            var verdicts = new Smoke(client, OwnServer.MODEL, OwnServer.FAILING, nonce, verdict -> {}).run();

            var failed = verdicts.stream()
                    .filter(each -> each.mark() == Mark.FAILED)
                    .map(Verdict::name)
                    .toList();
            assertThat(failed)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(seeded.checks()).as(name).anyMatch(name::startsWith));
            assertThat(seeded.checks())
                    .allSatisfy(check -> assertThat(failed).anyMatch(name -> name.startsWith(check)));
        }
    }
}
