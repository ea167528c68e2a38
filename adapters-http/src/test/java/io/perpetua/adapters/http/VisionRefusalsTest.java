package io.perpetua.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.http.Client.Reply;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of the calls that concern documents, and how that is said. */
@Timeout(60)
class VisionRefusalsTest {

    private static final World WORLD = new World();
    private static final String INDEX = "/v1/vision/index";
    private static final String SEARCH = "/v1/vision/search";
    private static final String DECODE = "/v1/vision/decode";

    private final Client client = WORLD.client();

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    private static String document(String content) {
        return "{\"document\":\"" + Base64.getEncoder().encodeToString(content.getBytes(UTF_8)) + "\"}";
    }

    @Test
    void job_unknown_isNotFound() {
        var reply = client.get(INDEX + "/jobs/none");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error/code")).isEqualTo("\"job_not_found\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | document
            {"document":7} | document
            {"document":""} | document
            {"document":"%%%"} | document
            {"document":"YQ==","doc_url":"https://a.example"} | document
            {"doc_url":"ftp://a.example/x"} | doc_url
            {"doc_url":"https://"} | doc_url
            {"doc_url":"no address"} | doc_url
            {"document":"YQ==","media_type":"text"} | media_type
            {"document":"YQ==","media_type":"text/html; q=1"} | media_type
            {"document":"YQ==","media_type":"text/html; charset="} | media_type
            {"document":"YQ==","force_reindex":"yes"} | force_reindex
            {"document":"YQ==","metadata":[]} | metadata
            {"document":"YQ==","metadata":{"a":{}}} | metadata.a
            {"document":"YQ==","metadata":{"a":1e999}} | metadata.a
            {"document":"YQ==","metadata":{"":1}} | metadata
            {"document":"YQ==","metadata":{"conversation_id":7}} | metadata.conversation_id
            {"document":"YQ==","metadata":{"conversation_id":""}} | metadata.conversation_id
            {"document":"YQ==","namespace":""} | namespace
            """)
    void index_fieldAtFault_isNamed(String body, String param) {
        assertRefused(client.post(INDEX, body), param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | query
            {"query":" "} | query
            {"query":"x","top_k":0} | top_k
            {"query":"x","top_k":51} | top_k
            {"query":"x","filters":[]} | filters
            {"query":"x","filters":{"colour":"red"}} | filters.colour
            {"query":"x","filters":{"type":"poem"}} | filters.type
            {"query":"x","filters":{"type":[]}} | filters.type
            {"query":"x","filters":{"doc_id":[]}} | filters.doc_id
            {"query":"x","filters":{"doc_id":7}} | filters.doc_id
            {"query":"x","filters":{"page":0}} | filters.page
            {"query":"x","filters":{"page":{"from":3,"to":2}}} | filters.page.to
            {"query":"x","filters":{"metadata":{"a":null,"b":[]}}} | filters.metadata.b
            """)
    void search_fieldAtFault_isNamed(String body, String param) {
        assertRefused(client.post(SEARCH, body), param);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | region_ids
            {"region_ids":[]} | region_ids
            {"region_ids":[7]} | region_ids[0]
            {"region_ids":["a"],"fidelity":"2x"} | fidelity
            {"region_ids":["a"],"fidelity":10} | fidelity
            """)
    void decode_fieldAtFault_isNamed(String body, String param) {
        assertRefused(client.post(DECODE, body), param);
    }

    @Test
    void decode_tooManyOrTooLongIds_areRefused() {
        String many = IntStream.range(0, 17).mapToObj(i -> "\"a\"").collect(Collectors.joining(","));
        assertRefused(client.post(DECODE, "{\"region_ids\":[" + many + "]}"), "region_ids");
        assertRefused(client.post(DECODE, "{\"region_ids\":[\"" + "a".repeat(257) + "\"]}"), "region_ids");
    }

    @Test
    void index_tooLarge_isRefused() {
        var reply = client.post(INDEX, document("x".repeat(100_001)));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.at("/error/code")).isEqualTo("\"document_too_large\"");
    }

    private static void assertRefused(Reply reply, String param) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {INDEX, SEARCH, DECODE})
    void call_switchedOff_isUnavailableAndSaysSo(String path) {
        for (String off : new String[] {"false", "0", "FALSE"}) {
            var reply = client.post(path, "{}", "X-Use-OCR", off);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.at("/error/code")).isEqualTo("\"upstream_disabled\"");
            assertThat(reply.json().at("/error/message").asText()).contains("X-Use-OCR");
            assertThat(reply.header("Retry-After")).isEqualTo("60");
        }
        assertRefused(client.post(path, "{}", "X-Use-OCR", "maybe"), "X-Use-OCR");
        assertThat(client.post(path, "{}", "X-Use-OCR", "true").status()).isEqualTo(400);
    }
}
