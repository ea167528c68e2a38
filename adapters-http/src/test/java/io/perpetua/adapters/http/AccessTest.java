package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.http.Client.Reply;
import io.perpetua.application.access.Limits;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and what the server says to those who may not. */
@Timeout(60)
class AccessTest {

    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String HELLO =
            "{\"model\":\"fake/small\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    private World world = new World();

    @AfterEach
    void stop() {
        world.close();
    }

    private void requireKeys() {
        world.close();
        world = new World(Map.of("test.keys-required", true));
    }

    private String key(Set<Permission> permissions, AllowedModels models, Rates rates) {
        var access = new Access("acme", permissions, models, rates, null);
        return new ManageKeys(world.keys, new Random(world.keys.list().size()), InstantSource.fixed(World.NOW))
                .create("test", access, null)
                .reveal();
    }

    private String key(Permission... permissions) {
        return key(Set.of(permissions), AllowedModels.ALL, Rates.UNLIMITED);
    }

    private Reply post(String path, String body, String key) {
        return world.client().post(path, body, "Authorization", "Bearer " + key);
    }

    @Test
    void call_withoutAKeyWhereOneIsRequired_isRefused() {
        requireKeys();
        var reply = world.client().post(COMPLETIONS, HELLO);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.at("/error/code")).isEqualTo("\"missing_api_key\"");
        assertThat(world.client().get("/v1/models").status()).isEqualTo(401);
        assertThat(world.client().get("/health/liveness").status()).isEqualTo(200);
        assertThat(world.provider.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Basic dXNlcjpwYXNz", "Bearer", "perp-000000000000-x", ""})
    void call_withWhatIsNoKey_isRefused(String authorization) {
        requireKeys();
        var reply = world.client().get("/v1/models", "Authorization", authorization);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).doesNotContain("nonsense");
    }

    @Test
    void call_withAGoodKey_isAnsweredForItsTenant() {
        requireKeys();
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        var reply = world.client()
                .post(
                        COMPLETIONS,
                        HELLO,
                        "Authorization",
                        "bearer " + key(Permission.CHAT),
                        "X-Conversation-Id",
                        "mine");
        assertThat(reply.status()).isEqualTo(200);
        var other = key(Set.of(Permission.MEMORY), AllowedModels.ALL, Rates.UNLIMITED);
        assertThat(world.client()
                        .get("/v1/conversations/mine", "Authorization", "Bearer " + other)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void call_withoutItsScope_isRefused() {
        var memory = key(Permission.MEMORY);
        var chat = key(Permission.CHAT);
        for (var refused : List.of(
                post(COMPLETIONS, HELLO, memory),
                post("/v1/memory/query", "{}", chat),
                world.client().get("/v1/conversations", "Authorization", "Bearer " + chat),
                world.client().get("/v1/providers", "Authorization", "Bearer " + chat))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.at("/error/code")).isEqualTo("\"permission_denied\"");
        }
    }

    @Test
    void documentsInAChat_withoutTheirScope_areRefused() {
        String chat = "{\"model\":\"fake/small\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                + "\"memory_config\":{\"documents\":%s}}";
        var without = key(Permission.CHAT, Permission.MEMORY);
        for (String path : List.of(COMPLETIONS, "/v1/context")) {
            for (String choice : List.of("true", "[\"doc_0\"]", "{\"top_k\":1}")) {
                var refused = post(path, chat.formatted(choice), without);
                assertThat(refused.status()).as(path + " " + choice).isEqualTo(403);
                assertThat(refused.at("/error/code")).isEqualTo("\"permission_denied\"");
                assertThat(refused.at("/error/param")).isEqualTo("\"memory_config.documents\"");
                assertThat(refused.at("/error/message")).contains("'vision'");
            }
        }
        assertThat(world.provider.asked).isEmpty();
        assertThat(post("/v1/context", chat.formatted("false"), without).status())
                .isEqualTo(200);
        var with = key(Permission.MEMORY, Permission.VISION);
        assertThat(post("/v1/context", chat.formatted("true"), with).status()).isEqualTo(200);
    }

    @Test
    void everyCall_saysWhatItNeeds() {
        // One that does not would be refused; here with every permission and without a body, none is.
        var all = key(EnumSet.allOf(Permission.class), AllowedModels.ALL, Rates.UNLIMITED);
        for (String path : List.of("/v1/models", "/v1/providers", "/v1/conversations")) {
            assertThat(world.client()
                            .get(path, "Authorization", "Bearer " + all)
                            .status())
                    .isEqualTo(200);
        }
        for (String path : List.of(
                COMPLETIONS,
                "/v1/context",
                "/v1/route",
                "/v1/embeddings",
                "/v1/tokens",
                "/v1/memory/add",
                "/v1/memory/query",
                "/v1/conversations/x/anchors")) {
            assertThat(post(path, "{}", all).status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void models_areThoseThatTheKeyMayAsk() {
        var key = key(Set.of(Permission.CHAT), new AllowedModels(List.of("fake/unpriced")), Rates.UNLIMITED);
        var models = world.client().get("/v1/models", "Authorization", "Bearer " + key);
        assertThat(models.json().at("/data").findValuesAsText("id")).containsExactly("auto", "fake/unpriced");
        assertThat(post(COMPLETIONS, HELLO, key).at("/error/code")).isEqualTo("\"model_not_allowed\"");
        var route = post("/v1/route", HELLO, key);
        assertThat(route.status()).isEqualTo(403);
    }

    @Test
    void request_overItsKeysLimit_isRefusedAndTold() {
        var key = key(Set.of(Permission.CHAT), AllowedModels.ALL, new Rates(2L, null, null, null));
        var first = world.client().get("/v1/models", "Authorization", "Bearer " + key);
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
        assertThat(first.header("X-RateLimit-Reset")).isEqualTo("60");
        var malformed = post(COMPLETIONS, "{", key);
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.header("X-RateLimit-Remaining")).isEqualTo("0");
        var third = post(COMPLETIONS, HELLO, key);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.at("/error/code")).isEqualTo("\"rate_limit_exceeded\"");
        assertThat(third.header("Retry-After")).isEqualTo("60");
        assertThat(third.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(third.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(world.client().get("/v1/models").status()).as("others go on").isEqualTo(200);
    }

    @Test
    void request_overItsUsersLimit_isRefusedWhateverItsForwardingHeaderSays() {
        world.limits = new Limits(Rates.UNLIMITED, new Rates(1L, null, null, null), 4_096);
        String anna = HELLO.replace("{\"model\"", "{\"user\":\"anna\",\"model\"");
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        var first = world.client().post(COMPLETIONS, anna, "X-Forwarded-For", "192.0.2.1");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(world.client()
                        .post(COMPLETIONS, anna, "X-Forwarded-For", "192.0.2.2")
                        .status())
                .isEqualTo(429);
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        assertThat(world.client().post(COMPLETIONS, HELLO).status())
                .as("nobody in particular")
                .isEqualTo(200);
    }

    @Test
    void request_ofNobodyInParticular_isCountedByAddressWhereThatIsWanted() {
        world.close();
        world = new World(Map.of("perpetua.access.user-by-address", true));
        world.limits = new Limits(Rates.UNLIMITED, new Rates(1L, null, null, null), 4_096);
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        assertThat(world.client().post(COMPLETIONS, HELLO).status()).isEqualTo(200);
        assertThat(world.client()
                        .post(COMPLETIONS, HELLO, "X-Forwarded-For", "192.0.2.2")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void request_throughATrustedProxy_isCountedForTheAddressThatItNames() {
        world.close();
        world = new World(Map.of(
                "perpetua.access.user-by-address", true, "perpetua.access.trusted-proxies", List.of("127.0.0.1")));
        world.limits = new Limits(Rates.UNLIMITED, new Rates(1L, null, null, null), 4_096);
        for (String address : List.of("192.0.2.1", "192.0.2.2")) {
            world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
            assertThat(world.client()
                            .post(COMPLETIONS, HELLO, "X-Forwarded-For", address)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(world.client()
                        .post(COMPLETIONS, HELLO, "X-Forwarded-For", "9.9.9.9, 192.0.2.2")
                        .status())
                .isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\":\"10\" | n",
                "\"n\":4294967297 | n",
                "\"n\":-5 | n",
                "\"n\":129 | n",
                "\"max_tokens\":1.0 | max_tokens",
                "\"max_tokens\":\"7\" | max_tokens",
                "\"max_tokens\":0 | max_tokens",
                "\"max_completion_tokens\":1.9 | max_completion_tokens",
                "\"models\":[\"dear/one\"] | models",
                "\"service_tier\":\"priority\" | service_tier"
            })
    void complete_fieldThatABudgetCannotPayBy_isRefused(String field, String param) {
        var reply = post(COMPLETIONS, HELLO.replace("{\"model\"", "{" + field + ",\"model\""), paying());
        assertThat(reply.status()).as(reply.body()).isIn(400, 403);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
        assertThat(world.provider.asked).isEmpty();
    }

    @Test
    void complete_boundThatIsNull_isReplacedByOurs() {
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        post(COMPLETIONS, HELLO.replace("{\"model\"", "{\"max_completion_tokens\":null,\"model\""), paying());
        assertThat(world.provider.last().parameters()).isEqualTo("{\"max_completion_tokens\":4096}");
    }

    @Test
    void complete_otherModelsThroughAProvider_isRefusedWithAKeyThatMayNotAskThem() {
        var key = key(Set.of(Permission.CHAT), new AllowedModels(List.of("fake/*")), Rates.UNLIMITED);
        var reply = post(COMPLETIONS, HELLO.replace("{\"model\"", "{\"models\":[\"dear/one\"],\"model\""), key);
        assertThat(reply.status()).isEqualTo(403);
    }

    private String paying() {
        var access = new Access(
                "acme",
                Set.of(Permission.CHAT),
                AllowedModels.ALL,
                Rates.UNLIMITED,
                Budget.of(BigDecimal.TEN, Period.TOTAL));
        return new ManageKeys(world.keys, new Random(99), InstantSource.fixed(World.NOW))
                .create("paying", access, null)
                .reveal();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8081, 200",
        "app.localhost, 200",
        "127.0.0.1:99, 200",
        "[::1]:8081, 200",
        "LOCALHOST, 200",
        "evil.example, 403",
        "evil.example:8081, 403",
        "localhost.evil.example, 403",
        "192.168.1.1, 403"
    })
    void request_withoutAKey_mustCallTheServerByANameOfThisMachine(String host, int status) throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(client.head()).contains(" " + status + " ");
        }
    }

    @Test
    void request_whenTheMemorysLaneIsFull_isRefusedWithTheQueuesNumbers() {
        var lane = world.memoryLane;
        try (var _ = lane.enter(new Visitor("other", false), Priority.NORMAL, Supplier::get)) {
            var reply = world.client().post("/v1/memory/query", "{\"conversation_id\":\"c\",\"query\":\"q\"}");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.at("/error/code")).isEqualTo("\"user_queue_full\"");
            assertThat(reply.at("/queue")).isEqualTo("{\"served\":1,\"at_once\":1,\"waiting\":0,\"waiting_limit\":0}");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        }
        world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
        assertThat(world.client().post(COMPLETIONS, HELLO).status()).isEqualTo(200);
    }
}
