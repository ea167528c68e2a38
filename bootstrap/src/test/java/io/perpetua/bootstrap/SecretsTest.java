package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.http.ProviderSettings;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.cache.CachedAnswer;
import io.perpetua.application.cache.ReuseAnswers.Asked;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.application.routing.RouteTurn.Question;
import io.perpetua.bootstrap.ProviderConfiguration.Configured;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for a provider's key and for what people say where neither belongs. */
class SecretsTest {

    private static final String KEY = "sk-zzqkey-0123456789";
    private static final String SAID = "zzqsaid";
    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);

    @Test
    void traffic_goodAndBad_leavesNeitherKeyNorWordsWhereTheyDoNotBelong(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (var upstream = new ScriptedUpstream();
                var server = ServerProcess.start(
                        data,
                        Map.of(
                                "OPENAI_API_KEY",
                                KEY,
                                "OPENAI_BASE_URL",
                                upstream.url() + "/v1",
                                "PERPETUA_RETRIES_ATTEMPTS",
                                "1",
                                "PERPETUA_LOG",
                                "DEBUG"))) {
            for (int status : new int[] {400, 404, 429, 500, 503, 401}) {
                upstream.next(exchange -> ScriptedUpstream.reply(exchange, status, """
                        {"error":{"message":"%s and %s","type":"x","param":null,"code":"%s"}}""".formatted(KEY, SAID, KEY)));
                assertNoKey(server.http()
                        .post("/v1/chat/completions", asking(false))
                        .json());
            }
            for (String path : List.of(
                    "/v1/providers",
                    "/v1/models",
                    "/health",
                    "/v1/conversations",
                    "/v1/conversations/secrets/export")) {
                assertNoKey(server.http().get(path).json());
            }
            assertThat(server.http().get("/health").json().toString()).doesNotContain(SAID);
            assertThat(server.http().get("/v1/providers").json().toString()).doesNotContain(SAID);
            var bad = Http.JSON.createObjectNode().put("model", "auto").put("messages", SAID);
            server.http().post("/v1/chat/completions", bad);
            server.http().post("/v1/memory/query", asking(true));
        }
        assertThat(Files.readString(folder.resolve("data.log")))
                .isNotEmpty()
                .doesNotContain(KEY)
                .doesNotContain(SAID);
    }

    @Test
    void textForms_holdNeitherKeysNorWhatIsSaid() {
        var call = new ToolCall("id", "name", SAID);
        var media = new Message.Media("image_url", SAID, 1);
        var message = new Message(Role.USER, SAID, null, List.of(call), null, List.of(media), SAID);
        var scope = new ConversationKey(SCOPE, "c");
        var now = Instant.EPOCH;
        var settings =
                new ProviderSettings("p", URI.create("https://example.org"), List.of(KEY), List.of(), Timeouts.DEFAULT);
        assertThat(List.of(
                        settings,
                        new Configured(
                                KnownProvider.unknown("p"), "openai", URI.create("https://x"), List.of(KEY), List.of()),
                        call,
                        media,
                        message,
                        new Turn(1, message, now, 1),
                        new ChatRequest(
                                Sender.LOCAL,
                                null,
                                "auto",
                                List.of(message),
                                SAID,
                                1,
                                null,
                                false,
                                false,
                                MemoryOptions.DEFAULT,
                                CacheUse.NONE),
                        new ProviderRequest("m", List.of(message), SAID, false),
                        new Event.Chunk(SAID, Kind.CONTENT),
                        new Event.Done(new Answer(message, null, null, null, SAID)),
                        new Asked(SCOPE, "m", SAID, List.of(message)),
                        new CachedAnswer(SAID, "p", "m"),
                        new Piece.Chunk(SAID),
                        new Question(SAID, SAID),
                        new io.perpetua.domain.memory.Question(SAID, now),
                        new MemoryQuery(scope, SAID, null, null, null),
                        new Brief(SAID, 1, 1),
                        new Excerpt(1, Role.USER, null, now, SAID),
                        Anchor.pinned("a", SAID, null, 0, 1, now)))
                .allSatisfy(each -> assertThat(each.toString()).doesNotContain(SAID, KEY));
    }

    private static void assertNoKey(JsonNode answer) {
        assertThat(answer.toString()).doesNotContain(KEY);
    }

    private static JsonNode asking(boolean query) {
        var body = Http.JSON
                .createObjectNode()
                .put("model", "openai/gpt-4o-mini")
                .put("conversation_id", "secrets")
                .put(query ? "query" : "user", SAID);
        body.putArray("messages").addObject().put("role", "user").put("content", "My password is " + SAID);
        return body;
    }
}
