package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NativeTest {

    private static final String ADD = "/v1/memory/add";
    private static final String QUERY = "/v1/memory/query";
    private static final String ANCHORS = "/v1/conversations/a/anchors";

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void add_datedMessages_areStoredWithoutTheirDate() {
        var added = client.post(
                ADD,
                "{\"conversation_id\":\"a\",\"messages\":[{\"role\":\"user\",\"created_at\":\"2026-02-03T04:05:06+01:00\","
                        + "\"content\":\"Hi\",\"z\":1.0},{\"role\":\"assistant\",\"content\":\"Ho\",\"created_at\":null}]}");
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body()).isEqualTo("{\"conversation_id\":\"a\",\"turns\":[1,2],\"tokens\":12}");
        assertThat(client.get("/v1/conversations/a/turns").body())
                .isEqualTo("{\"data\":[{\"turn\":1,\"role\":\"user\",\"text\":\"Hi\","
                        + "\"message\":{\"role\":\"user\",\"content\":\"Hi\",\"z\":1.0},\"tokens\":6,"
                        + "\"created_at\":\"2026-02-03T03:05:06Z\"},{\"turn\":2,\"role\":\"assistant\",\"text\":\"Ho\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"Ho\"},\"tokens\":6,"
                        + "\"created_at\":\"2026-03-01T12:00:00Z\"}],\"next_after\":null}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-03, 2026-02-03T00:00:00Z",
        "2026-02-03T04:05, 2026-02-03T04:05:00Z",
        "2026-02-03T04:05:06.789Z, 2026-02-03T04:05:06.789Z"
    })
    void add_isoDates_areUnderstood(String date, String instant) {
        add("a", "\"created_at\":\"" + date + "\",\"content\":\"x\"");
        assertThat(client.get("/v1/conversations/a/turns").at("/data/0/created_at"))
                .isEqualTo("\"" + instant + "\"");
    }

    @ParameterizedTest
    @CsvSource({"'\"yesterday\"'", "'\"2026-13-01\"'", "1700000000"})
    void add_otherDates_areRefused(String date) {
        var reply = client.post(ADD, "{\"messages\":[{\"role\":\"user\",\"created_at\":" + date + "}]}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"messages[0].created_at\"");
    }

    @Test
    void add_noId_makesAConversation() {
        var reply = client.post(ADD, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(reply.at("/conversation_id")).isEqualTo("\"added\"");
    }

    @Test
    void query_words_findsTheTurn() {
        add("a", "\"content\":\"the key is under the mat\"");
        var reply = client.post(QUERY, "{\"conversation_id\":\"a\",\"query\":\"key\",\"window\":0}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/matches/0/turn")).isEqualTo("1");
        assertThat(reply.at("/matches/0/role")).isEqualTo("\"user\"");
        assertThat(reply.at("/matches/0/semantic")).isEqualTo("null");
        assertThat(reply.at("/turns")).isEqualTo("[1]");
        assertThat(reply.at("/context")).contains("under the mat");
        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly("matches", "turns", "context", "total_tokens", "degraded", "latency_ms");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"query":"x"} | conversation_id
            {"conversation_id":"a"} | query
            {"conversation_id":"a","query":"x","top_k":"x"} | top_k
            {"conversation_id":"a","query":"x","top_k":51} | top_k
            {"conversation_id":"a","query":"x","window":1.5} | window
            {"conversation_id":"a","query":"\\ud800"} | query
            """)
    void query_fieldAtFault_isNamed(String body, String param) {
        var reply = client.post(QUERY, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
    }

    @Test
    void query_wrongType_saysWhatWasFoundAndExpected() {
        var reply = client.post(QUERY, "{\"conversation_id\":\"a\",\"query\":\"x\",\"top_k\":\"x\"}");
        assertThat(reply.json().at("/error/message").asText())
                .isEqualTo("'top_k': expected an integer from 1 to 50, found the string \"x\"");
    }

    @Test
    void query_unknownConversation_is404() {
        assertThat(client.post(QUERY, "{\"conversation_id\":\"b\",\"query\":\"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb%20c%3Fd, a/b c?d",
        "a+b, a+b",
        "%E6%97%A5%E6%9C%AC, 日本",
        "a:b@c, a:b@c",
        "a%25b, a%b",
        "(a)!*;&=$, (a)!*;&=$"
    })
    void get_oddIds_areFound(String path, String id) {
        add(id, "\"content\":\"x\"");
        var reply = client.get("/v1/conversations/" + path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/id").asText()).isEqualTo(id);
        assertThat(client.get("/v1/conversations/" + path + "/turns").at("/data/0/turn"))
                .isEqualTo("1");
    }

    @Test
    void get_conversation_tellsItsHead() {
        add("a", "\"content\":\"x\"");
        assertThat(client.get("/v1/conversations/a").body())
                .isEqualTo("{\"id\":\"a\",\"namespace\":\"default\",\"user\":null,\"turns\":1,\"tokens\":6,"
                        + "\"mode\":\"full\",\"forked_from\":null,\"created_at\":\"2026-03-01T12:00:00Z\","
                        + "\"updated_at\":\"2026-03-01T12:00:00Z\"}");
    }

    @Test
    void list_pages_holdEveryConversationOnce() {
        for (String id : new String[] {"a", "b", "c"}) {
            add(id, "\"content\":\"x\"");
        }
        var first = client.get("/v1/conversations?limit=2");
        assertThat(first.json().at("/data")).hasSize(2);
        String cursor = first.json().at("/next_cursor").asText();
        var second =
                client.get("/v1/conversations?limit=2&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        assertThat(second.json().at("/data")).hasSize(1);
        assertThat(second.at("/next_cursor")).isEqualTo("null");
    }

    @Test
    void list_otherNamespace_isEmpty() {
        add("a", "\"content\":\"x\"");
        assertThat(client.get("/v1/conversations?namespace=other").body())
                .isEqualTo("{\"data\":[],\"next_cursor\":null}");
    }

    @Test
    void turns_pages_goOnAfterTheLast() {
        client.post(ADD, "{\"conversation_id\":\"a\",\"messages\":" + messages(3) + "}");
        var first = client.get("/v1/conversations/a/turns?limit=2");
        assertThat(first.at("/next_after")).isEqualTo("2");
        assertThat(client.get("/v1/conversations/a/turns?limit=2&after=2").at("/data/0/turn"))
                .isEqualTo("3");
    }

    @Test
    void export_longConversation_isOneDocument() {
        client.post(ADD, "{\"conversation_id\":\"a\",\"messages\":" + messages(250) + "}");
        client.post(ANCHORS, "{\"text\":\"Answer in verse\"}");
        var reply = client.get("/v1/conversations/a/export");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().fieldNames())
                .toIterable()
                .containsExactly("conversation", "brief", "anchors", "facts", "documents", "turns");
        assertThat(reply.json().at("/turns")).hasSize(250);
        assertThat(reply.at("/turns/249/turn")).isEqualTo("250");
        assertThat(reply.at("/anchors/0/text")).isEqualTo("\"Answer in verse\"");
    }

    @Test
    void export_headRequest_hasNoBody() {
        add("a", "\"content\":\"x\"");
        assertThat(client.call("HEAD", "/v1/conversations/a/export", null).status())
                .isEqualTo(200);
        assertThat(client.get("/v1/conversations/a").status()).isEqualTo(200);
    }

    @Test
    void erase_conversation_isGone() {
        add("a", "\"content\":\"x\"");
        assertThat(client.delete("/v1/conversations/a").body()).isEqualTo("{\"id\":\"a\",\"erased\":true}");
        assertThat(client.get("/v1/conversations/a").status()).isEqualTo(404);
        assertThat(client.delete("/v1/conversations/a").status()).isEqualTo(404);
    }

    @Test
    void anchors_detected_areListedWithWhatTheyReplacedAndInTheMetadata() {
        add("a", "\"content\":\"Call me Sam.\"");
        add("a", "\"content\":\"Actually, my name is Alex.\"");

        var listed = client.get(ANCHORS);
        var context = client.post(
                "/v1/context",
                "{\"model\":\"fake/small\",\"conversation_id\":\"a\",\"memory_config\":{\"mode\":\"balanced\"},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Who am I?\"}]}");

        assertThat(listed.at("/data/0/id")).isEqualTo("\"t2-1\"");
        assertThat(listed.at("/data/0/kind")).isEqualTo("\"identity\"");
        assertThat(listed.at("/data/0/replaced")).isEqualTo("[{\"id\":\"t1-1\",\"turn\":1,\"text\":\"Call me Sam.\"}]");
        assertThat(context.at("/perpetual_metadata/anchors"))
                .isEqualTo("[{\"id\":\"t2-1\",\"kind\":\"identity\",\"turn\":2,\"subject\":\"name\"}]");
    }

    @Test
    void anchors_pinned_areListedAndRemoved() {
        add("a", "\"content\":\"x\"");
        String anchor =
                "{\"id\":\"a/1\",\"text\":\"Answer in verse\",\"tag\":\"style\",\"priority\":5,\"origin\":\"pinned\","
                        + "\"kind\":\"pinned\",\"turn\":0,\"subject\":null,\"created_at\":\"2026-03-01T12:00:00Z\"";
        var pinned = client.post(ANCHORS, "{\"text\":\"Answer in verse\",\"tag\":\"style\",\"priority\":5}");
        assertThat(pinned.status()).isEqualTo(201);
        assertThat(pinned.body()).isEqualTo(anchor + "}");
        assertThat(client.get(ANCHORS).body()).isEqualTo("{\"data\":[" + anchor + ",\"replaced\":[]}]}");
        assertThat(client.delete(ANCHORS + "/a%2F1").status()).isEqualTo(200);
        assertThat(client.delete(ANCHORS + "/a%2F1").status()).isEqualTo(404);
        assertThat(client.get(ANCHORS).body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void pin_moreThanAreKept_isAConflict() {
        add("a", "\"content\":\"x\"");
        for (int i = 0; i < 256; i++) {
            client.post(ANCHORS, "{\"text\":\"Rule " + i + "\"}");
        }

        var refused = client.post(ANCHORS, "{\"text\":\"One more.\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/error/code")).isEqualTo("\"too_many_anchors\"");
        assertThat(refused.at("/error/type")).isEqualTo("\"invalid_request_error\"");
    }

    @Test
    void pin_blankText_isRefused() {
        add("a", "\"content\":\"x\"");
        assertThat(client.post(ANCHORS, "{\"text\":\" \"}").at("/error/param")).isEqualTo("\"text\"");
    }

    @Test
    void count_textOrMessages_notBoth() {
        assertThat(client.post("/v1/tokens", "{\"model\":\"m\",\"text\":\"one two\"}")
                        .body())
                .isEqualTo("{\"tokens\":3,\"estimator\":\"words\"}");
        assertThat(client.post("/v1/tokens", "{\"model\":\"m\",\"messages\":" + messages(1) + "}")
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/v1/tokens", "{\"model\":\"m\"}").status()).isEqualTo(400);
        assertThat(client.post("/v1/tokens", "{\"model\":\"m\",\"text\":\"x\",\"messages\":" + messages(1) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void models_list_namesAutoAndThePrices() {
        assertThat(client.get("/v1/models").body())
                .isEqualTo("{\"object\":\"list\",\"data\":[{\"id\":\"auto\",\"object\":\"model\",\"created\":0,"
                        + "\"owned_by\":\"perpetua\"},{\"id\":\"fake/small\",\"object\":\"model\",\"created\":0,"
                        + "\"owned_by\":\"fake\",\"context_window\":128000,\"pricing\":{\"unit\":\"usd_per_million_tokens\","
                        + "\"input\":0.5,\"cached_input\":0.25,\"cache_write\":0.5,\"output\":2.0}},"
                        + "{\"id\":\"fake/unpriced\",\"object\":\"model\",\"created\":0,\"owned_by\":\"fake\","
                        + "\"context_window\":8000},{\"id\":\"fake/long\",\"object\":\"model\",\"created\":0,"
                        + "\"owned_by\":\"fake\",\"context_window\":1000000,\"pricing\":{\"unit\":\"usd_per_million_tokens\","
                        + "\"input\":1.0,\"cached_input\":0.1,\"cache_write\":1.25,\"output\":4.0,\"tiers\":[{\"above\":200000,"
                        + "\"input\":2.0,\"cached_input\":0.2,\"cache_write\":2.5,\"output\":6.0}]}}]}");
    }

    private void add(String id, String fields) {
        var reply = client.post(
                ADD, "{\"conversation_id\":\"" + id + "\",\"messages\":[{\"role\":\"user\"," + fields + "}]}");
        assertThat(reply.status()).isEqualTo(200);
    }

    private static String messages(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"message " + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
