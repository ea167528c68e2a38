package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.facts.FactFigures.Insert;
import io.perpetua.application.facts.FactFigures.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FactsTest {

    private static final String FACTS = "/v1/facts";
    private static final String QUERY = "/v1/facts/query";

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    private static String fact(String object, String more) {
        return "{\"subject\":\"Ann\",\"predicate\":\"home\",\"object\":\"" + object + "\",\"confidence\":0.9" + more
                + "}";
    }

    @Test
    void add_newFact_is201AndComesBackAsItWentIn() {
        var added = client.post(
                FACTS,
                fact(
                        "Köln",
                        ",\"datatype\":\"city\",\"source_doc\":\"a.pdf\",\"source_anchor\":{\"doc_id\":\"d\",\"page\":3,"
                                + "\"region_id\":\"r\",\"path_line\":\"a.py:1\"},\"conversation_id\":\"talk\","
                                + "\"user\":\"u\",\"observed_at\":\"2026-01-02\""));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.at("/fact_id")).isEqualTo("\"fact-1\"");
        assertThat(added.at("/duplicate")).isEqualTo("false");
        assertThat(added.at("/hash")).hasSize(66);

        var found = client.post(QUERY, "{\"subject\":\" ANN \"}");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.at("/total")).isEqualTo("1");
        assertThat(found.at("/facts/0/fact_id")).isEqualTo("\"fact-1\"");
        assertThat(found.at("/facts/0/object")).isEqualTo("\"Köln\"");
        assertThat(found.at("/facts/0/datatype")).isEqualTo("\"city\"");
        assertThat(found.at("/facts/0/confidence")).isEqualTo("0.9");
        assertThat(found.at("/facts/0/source_doc")).isEqualTo("\"a.pdf\"");
        assertThat(found.at("/facts/0/source_anchor"))
                .isEqualTo("{\"doc_id\":\"d\",\"page\":3,\"region_id\":\"r\",\"path_line\":\"a.py:1\"}");
        assertThat(found.at("/facts/0/conversation_id")).isEqualTo("\"talk\"");
        assertThat(found.at("/facts/0/user")).isEqualTo("\"u\"");
        assertThat(found.at("/facts/0/valid_from")).isEqualTo("\"2026-01-02T00:00:00Z\"");
        assertThat(found.at("/facts/0/hash")).isEqualTo(added.at("/hash"));
        assertThat(client.get("/v1/facts/fact-1").at("/object")).isEqualTo("\"Köln\"");
    }

    @Test
    void add_again_is200WithTheFirst() {
        client.post(FACTS, fact("Köln", ""));
        var again = client.post(FACTS, fact("KÖLN ", ""));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/fact_id")).isEqualTo("\"fact-1\"");
        assertThat(again.at("/duplicate")).isEqualTo("true");
        assertThat(again.at("/corroborated")).isEqualTo("false");

        var other = client.post(FACTS, fact("Köln", ",\"source_doc\":\"b\""));
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.at("/corroborated")).isEqualTo("true");
        assertThat(other.at("/confidence")).startsWith("0.99");
    }

    @Test
    void add_newObject_supersedes() {
        client.post(FACTS, fact("Köln", ",\"observed_at\":\"2026-01-01\""));
        var next = client.post(FACTS, fact("Bonn", ",\"observed_at\":\"2026-02-01\""));
        assertThat(next.status()).isEqualTo(201);
        assertThat(next.at("/superseded")).isEqualTo("\"fact-1\"");

        assertThat(client.post(QUERY, "{}").at("/facts/0/object")).isEqualTo("\"Bonn\"");
        assertThat(client.post(QUERY, "{}").at("/total")).isEqualTo("1");
        var before = client.post(QUERY, "{\"as_of\":\"2026-01-15\"}");
        assertThat(before.at("/facts/0/object")).isEqualTo("\"Köln\"");
        assertThat(before.at("/facts/0/valid_to")).isEqualTo("\"2026-02-01T00:00:00Z\"");
        assertThat(client.post(QUERY, "{\"history\":true}").at("/total")).isEqualTo("2");

        var gone = client.delete("/v1/facts/fact-2");
        assertThat(gone.body()).isEqualTo("{\"fact_id\":\"fact-2\",\"deleted\":true}");
        assertThat(client.post(QUERY, "{}").at("/facts/0/object")).isEqualTo("\"Köln\"");
        assertThat(client.delete("/v1/facts/fact-2").status()).isEqualTo(404);
        assertThat(client.get("/v1/facts/fact-2").at("/error/code")).isEqualTo("\"fact_not_found\"");
    }

    @Test
    void add_belowTheThreshold_is422WithBothNumbers() {
        var refused = client.post(FACTS, fact("Köln", "").replace("0.9", "0.79"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.at("/error/param")).isEqualTo("\"confidence\"");
        assertThat(refused.at("/error/message")).contains("0.79").contains("0.8");
        assertThat(world.figures.inserts).containsExactly(Insert.BELOW_THRESHOLD);
        assertThat(client.post(QUERY, "{\"history\":true}").at("/total")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"predicate":"p","object":"o","confidence":1} | subject
            {"subject":"\\u00a0","predicate":"p","object":"o","confidence":1} | subject
            {"subject":"s","predicate":7,"object":"o","confidence":1} | predicate
            {"subject":"s","predicate":"p","confidence":1} | object
            {"subject":"s","predicate":"p","object":"\\ud800","confidence":1} | object
            {"subject":"s","predicate":"p","object":"o"} | confidence
            {"subject":"s","predicate":"p","object":"o","confidence":"high"} | confidence
            {"subject":"s","predicate":"p","object":"o","confidence":1.01} | confidence
            {"subject":"s","predicate":"p","object":"o","confidence":-0.1} | confidence
            {"subject":"s","predicate":"p","object":"o","confidence":1,"source_anchor":7} | source_anchor
            {"subject":"s","predicate":"p","object":"o","confidence":1,"source_anchor":{"page":-1}} | source_anchor.page
            {"subject":"s","predicate":"p","object":"o","confidence":1,"source_anchor":{"page":1,"line":2}} | source_anchor.line
            {"subject":"s","predicate":"p","object":"o","confidence":1,"source_anchor":{"note":null}} | source_anchor.note
            {"subject":"s","predicate":"p","object":"o","confidence":1,"source_doc":""} | source_doc
            {"subject":"s","predicate":"p","object":"o","confidence":1,"conversation_id":""} | conversation_id
            {"subject":"s","predicate":"p","object":"o","confidence":1,"observed_at":"soon"} | observed_at
            {"subject":"s","predicate":"p","object":"o","confidence":1,"observed_at":"2999-01-01"} | observed_at
            """)
    void add_fieldAtFault_isNamedAndCounted(String body, String param) {
        var refused = client.post(FACTS, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/error/param")).isEqualTo("\"" + param + "\"");
        assertThat(world.figures.inserts).containsExactly(Insert.REFUSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"limit":101} | limit
            {"limit":0} | limit
            {"min_confidence":2} | min_confidence
            {"as_of":"then"} | as_of
            {"as_of":"2026-01-01","history":true} | history
            {"text":" "} | text
            {"subject":[]} | subject
            {"cursor":"x"} | cursor
            {"cursor":"pX.y"} | cursor
            {"text":"a","cursor":"o-1"} | cursor
            {"subject":"\\u200b"} | subject
            {"subjects":"Ann"} | subjects
            """)
    void query_fieldAtFault_isNamedAndCounted(String body, String param) {
        client.post(FACTS, fact("Köln", ""));
        var refused = client.post(QUERY, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/error/param")).isEqualTo("\"" + param + "\"");
        assertThat(world.figures.queries).containsExactly(Query.REFUSED);
    }

    @Test
    void query_unknownField_isToldTheKnownOnes() {
        assertThat(client.post(QUERY, "{\"Subject\":\"Ann\"}").at("/error/message"))
                .contains("subject, predicate, object", "min_confidence", "namespace");
    }

    /** A request that is sent again is no news. */
    @Test
    void add_supersededAgainWithoutATime_isADuplicate() {
        client.post(FACTS, fact("Köln", ",\"source_doc\":\"a\""));
        client.post(FACTS, fact("Bonn", ",\"source_doc\":\"b\""));
        var again = client.post(FACTS, fact("Köln", ",\"source_doc\":\"a\""));
        assertThat(again.at("/duplicate")).isEqualTo("true");
        assertThat(again.at("/reinstated")).isEqualTo("false");
        assertThat(client.post(QUERY, "{}").at("/facts/0/object")).isEqualTo("\"Bonn\"");
    }

    @Test
    void query_cursor_leadsThroughAll() {
        for (int i = 0; i < 5; i++) {
            client.post(FACTS, fact("Köln", "").replace("Ann", "Ann " + i));
        }
        var first = client.post(QUERY, "{\"limit\":3}");
        assertThat(first.json().path("facts")).hasSize(3);
        assertThat(first.at("/total")).isEqualTo("5");
        var second = client.post(QUERY, "{\"limit\":3,\"cursor\":" + first.at("/next_cursor") + "}");
        assertThat(second.json().path("facts")).hasSize(2);
        assertThat(second.at("/next_cursor")).isEqualTo("null");

        var best = client.post(QUERY, "{\"limit\":3,\"text\":\"Köln\"}");
        assertThat(best.at("/total")).isEqualTo("5");
        var rest = client.post(QUERY, "{\"limit\":3,\"text\":\"Köln\",\"cursor\":" + best.at("/next_cursor") + "}");
        assertThat(rest.json().path("facts")).hasSize(2);
    }

    @Test
    void query_text_ordersByWhatItHasToDoWithIt() {
        client.post(FACTS, fact("Köln", ""));
        client.post(FACTS, "{\"subject\":\"Bob\",\"predicate\":\"likes\",\"object\":\"green tea\",\"confidence\":1}");
        client.post(FACTS, "{\"subject\":\"Bob\",\"predicate\":\"likes\",\"object\":\"tea\",\"confidence\":1}");

        var found = client.post(QUERY, "{\"text\":\"who drinks green tea\"}");
        assertThat(found.at("/total")).isEqualTo("2");
        assertThat(found.at("/facts/0/object")).isEqualTo("\"green tea\"");
        assertThat(found.at("/facts/0/lexical")).isEqualTo("1");
        assertThat(client.post(QUERY, "{\"text\":\"nothing of it\"}").at("/total"))
                .isEqualTo("0");
        assertThat(world.figures.queries).containsExactly(Query.FOUND, Query.NOTHING);
    }

    @Test
    void erase_conversation_erasesItsFacts() {
        client.post(FACTS, fact("Köln", ",\"conversation_id\":\"talk\""));
        client.post(
                "/v1/memory/add",
                "{\"conversation_id\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(client.get("/v1/conversations/talk/export").at("/facts/0/object"))
                .isEqualTo("\"Köln\"");

        assertThat(client.delete("/v1/conversations/talk").status()).isEqualTo(200);
        assertThat(client.post(QUERY, "{\"history\":true}").at("/total")).isEqualTo("0");
        assertThat(client.delete("/v1/conversations/talk").status()).isEqualTo(404);

        client.post(FACTS, fact("Köln", ",\"conversation_id\":\"never spoken in\""));
        assertThat(client.delete("/v1/conversations/never%20spoken%20in").status())
                .isEqualTo(200);
        assertThat(client.post(QUERY, "{}").at("/total")).isEqualTo("0");
    }

    @Test
    void namespaces_holdFactsOfTheirOwn() {
        client.post(FACTS, fact("Köln", ",\"namespace\":\"other\""));
        assertThat(client.post(QUERY, "{}").at("/total")).isEqualTo("0");
        assertThat(client.post(QUERY, "{\"namespace\":\"other\"}").at("/total")).isEqualTo("1");
        assertThat(client.get("/v1/facts/fact-1").status()).isEqualTo(404);
        assertThat(client.get("/v1/facts/fact-1?namespace=other").status()).isEqualTo(200);
    }

    @Test
    void metrics_areTextAsPrometheusReadsIt() {
        client.post(FACTS, fact("Köln", ""));
        var metrics = client.get("/metrics");
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).isEqualTo("inserts 1\n");
        assertThat(metrics.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void endings_whateverEndsACall_areToldOnce() throws IOException {
        try (var keyed = new World(Map.of("test.keys-required", true))) {
            var stranger = keyed.client();
            assertThat(stranger.post(FACTS, fact("Köln", "")).status()).isEqualTo(401);
            assertThat(stranger.post(QUERY + "/", "{}").status()).isEqualTo(401);
            assertThat(stranger.call("POST", FACTS, bytes("{}"), "Content-Encoding", "gzip")
                            .status())
                    .isEqualTo(415);
            assertThat(stranger.call("POST", QUERY + "?a=b", bytes("x"), "Content-Type", "text/plain")
                            .status())
                    .isIn(401, 415);
            try (var large = new RawClient(keyed.server.getPort())) {
                large.send("POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n");
                assertThat(large.head()).startsWith("HTTP/1.1 413");
            }
            assertThat(keyed.figures.inserts).containsExactly(Insert.REFUSED, Insert.REFUSED, Insert.REFUSED);
            assertThat(keyed.figures.queries).startsWith(Query.REFUSED, Query.REFUSED);
        }
        client.post(FACTS, fact("Köln", ""));
        client.post(FACTS, fact("Köln", ""));
        client.post(FACTS, "{\"subject\":\"s\",\"predicate\":\"p\",\"object\":\"o\",\"confidence\":0.1}");
        client.post(FACTS, "no json");
        var reply = client.post(QUERY, "{}");
        client.post(QUERY, "{\"subject\":\"nobody\"}");
        client.get(FACTS + "/none");
        assertThat(reply.header("X-Perpetua-Ending")).isEqualTo("(none)");
        assertThat(world.figures.inserts)
                .containsExactly(Insert.NEW, Insert.DUPLICATE, Insert.BELOW_THRESHOLD, Insert.REFUSED);
        assertThat(world.figures.queries).containsExactly(Query.FOUND, Query.NOTHING);
    }

    @Test
    void endings_clientThatLeavesBeforeItsAnswer_isToldOf() throws IOException {
        try (var leaving = new RawClient(world.server.getPort())) {
            leaving.send("POST /v1/facts/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n{");
            leaving.reset();
        }
        for (int i = 0; i < 1_000 && world.figures.queries.isEmpty(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(world.figures.queries).containsExactly(Query.CANCELLED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
