package io.perpetua.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.http.Client.Reply;
import io.perpetua.domain.vision.DocumentId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VisionTest {

    private static final String INDEX = "/v1/vision/index";
    private static final String SEARCH = "/v1/vision/search";
    private static final String DECODE = "/v1/vision/decode";
    private static final String DOCUMENTS = "/v1/vision/documents";

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    private static void assertRefused(Reply reply, String param) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
    }

    private static String base64(String content) {
        return Base64.getEncoder().encodeToString(content.getBytes(UTF_8));
    }

    private static String document(String content, String more) {
        return "{\"document\":\"" + base64(content) + "\"" + more + "}";
    }

    private Reply read(String content, String more) {
        var reply = client.post(INDEX, document(content, more));
        world.folder.work();
        return reply;
    }

    @Test
    void index_document_isWorkedAndFoundWithAReason() {
        var asked = client.post(INDEX, document("harbour lantern\n\ntable: valve | 7", ""));
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.at("/status")).isEqualTo("\"queued\"");
        String job = asked.json().at("/job_id").asText();
        assertThat(client.get(INDEX + "/jobs/" + job).json().at("/progress").asDouble())
                .isZero();

        world.folder.work();

        var done = client.get(INDEX + "/jobs/" + job);
        assertThat(done.at("/status")).isEqualTo("\"succeeded\"");
        assertThat(done.json().at("/progress").asDouble()).isEqualTo(1);
        String id = done.json().at("/doc_id").asText();
        var found = client.post(SEARCH, "{\"query\":\"valve\"}");
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.at("/regions/0/region_id")).isEqualTo("\"" + id + "_p1_r1\"");
        assertThat(found.at("/regions/0/doc_id")).isEqualTo("\"" + id + "\"");
        assertThat(found.at("/regions/0/page")).isEqualTo("1");
        assertThat(found.at("/regions/0/bbox")).isEqualTo("{\"x\":50,\"y\":40,\"w\":750,\"h\":20}");
        assertThat(found.at("/regions/0/resolution")).isEqualTo("100");
        assertThat(found.at("/regions/0/type")).isEqualTo("\"table\"");
        assertThat(found.json().at("/regions/0/score").isNumber()).isTrue();
        assertThat(found.json().at("/regions/0/why_relevant").asText()).startsWith("matches \"valve\"; similarity 0.");
        assertThat(found.json().at("/regions/0/token_estimate").asInt()).isPositive();
        assertThat(found.json().has("degraded")).isFalse();
    }

    @Test
    void index_mediaTypeWithACharset_isKeptWithIt() {
        read("harbour", ",\"media_type\":\"Text/HTML;charset=\\\"Windows-1251\\\"\"");

        assertThat(client.get(DOCUMENTS).body()).contains("\"text/html; charset=windows-1251\"");
    }

    @Test
    void index_nothingThatCanBeSearched_succeedsWithAWarning() {
        String job = read("figure:", "").json().path("job_id").asText();

        var done = client.get(INDEX + "/jobs/" + job);

        assertThat(done.at("/status")).isEqualTo("\"succeeded\"");
        assertThat(done.at("/warnings/0/code")).isEqualTo("\"nothing_searchable\"");
        assertThat(done.json().has("error")).isFalse();
    }

    @Test
    void index_address_isFetched() {
        world.folder.fetcher.put("https://docs.example/a", "harbour lantern");
        var asked = client.post(INDEX, "{\"doc_url\":\"https://docs.example/a\",\"metadata\":{\"a\":1.50,\"b\":true}}");
        world.folder.work();

        var job = client.get(INDEX + "/jobs/" + asked.json().at("/job_id").asText());
        var kept = client.get(DOCUMENTS + "/" + job.json().at("/doc_id").asText());
        assertThat(kept.at("/doc_url")).isEqualTo("\"https://docs.example/a\"");
        assertThat(kept.at("/metadata")).isEqualTo("{\"a\":1.5,\"b\":true}");
        assertThat(kept.at("/status")).isEqualTo("\"ready\"");
        assertThat(kept.at("/pages")).isEqualTo("1");
        assertThat(client.post(SEARCH, "{\"query\":\"lantern\",\"filters\":{\"metadata\":{\"a\":1.5}}}")
                        .json()
                        .at("/regions"))
                .hasSize(1);
    }

    @Test
    void index_failure_isToldByTheJob() {
        var asked = read("!damaged", "");

        var job = client.get(INDEX + "/jobs/" + asked.json().at("/job_id").asText());
        assertThat(job.at("/status")).isEqualTo("\"failed\"");
        assertThat(job.at("/error"))
                .isEqualTo("{\"code\":\"document_damaged\",\"message\":\"the document is damaged\"}");
    }

    @Test
    void index_tooManyWait_isRefusedForNow() {
        for (int i = 0; i < 3; i++) {
            assertThat(client.post(INDEX, document("document " + i, "")).status())
                    .isEqualTo(202);
        }

        var refused = client.post(INDEX, document("one more", ""));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("/error/code")).isEqualTo("\"tenant_queue_full\"");
        assertThat(refused.header("Retry-After")).isEqualTo("15");
    }

    @Test
    void search_filters_areApplied() {
        read("table: valve | 1\n\nvalve text\fvalve on page two", "");
        read("valve of another", ",\"metadata\":{\"title\":\"Other\"}");

        assertThat(regions("{\"type\":\"table\"}")).isEqualTo(1);
        assertThat(regions("{\"type\":[\"table\",\"text\"]}")).isEqualTo(4);
        assertThat(regions("{\"page\":2}")).isEqualTo(1);
        assertThat(regions("{\"page\":{\"from\":1,\"to\":1}}")).isEqualTo(3);
        assertThat(regions("{\"page\":{\"from\":2}}")).isEqualTo(1);
        assertThat(regions("{\"metadata\":{\"title\":\"Other\"}}")).isEqualTo(1);
        assertThat(regions("{\"doc_id\":\"doc_0\"}")).isZero();
        assertThat(regions("{}")).isEqualTo(4);
        assertThat(client.post(SEARCH, "{\"query\":\"valve\",\"top_k\":2}")
                        .json()
                        .at("/regions"))
                .hasSize(2);
    }

    private int regions(String filters) {
        var reply = client.post(SEARCH, "{\"query\":\"valve\",\"filters\":" + filters + "}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().at("/regions").size();
    }

    @Test
    void decode_regions_comesInOrderEachOnItsOwn() {
        read("scan: one\n\nscan: !unreadable\n\nexact", "");
        String id = client.get(DOCUMENTS).json().at("/data/0/doc_id").asText();

        var reply = client.post(
                DECODE,
                "{\"region_ids\":[\"" + id + "_p1_r2\",\"" + id + "_p1_r1\",\"nonsense\",\"" + id
                        + "_p1_r0\"],\"fidelity\":\"5x\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo("{\"results\":[{\"region_id\":\"" + id
                        + "_p1_r2\",\"text\":\"exact\",\"fidelity\":\"5x\",\"confidence\":1.0},{\"region_id\":\"" + id
                        + "_p1_r1\",\"text\":null,\"fidelity\":\"5x\",\"confidence\":null,\"error\":{\"code\":"
                        + "\"region_unreadable\",\"message\":\"the region cannot be read\"}},{\"region_id\":\"nonsense\","
                        + "\"text\":null,\"fidelity\":\"5x\",\"confidence\":null,\"error\":{\"code\":\"region_not_found\","
                        + "\"message\":\"there is no region 'nonsense'\"}},{\"region_id\":\"" + id
                        + "_p1_r0\",\"text\":\"5x one\",\"fidelity\":\"5x\",\"confidence\":0.75}]}");
        assertThat(client.post(DECODE, "{\"region_ids\":[\"" + id + "_p1_r0\"]}")
                        .at("/results/0/text"))
                .isEqualTo("\"10x one\"");
    }

    @Test
    void documents_listed_andErased() {
        read("one", "");
        read("two", "");
        read("three", ",\"namespace\":\"other\"");
        var first = client.get(DOCUMENTS + "?limit=1");
        String id = first.json().at("/data/0/doc_id").asText();
        var second = client.get(
                DOCUMENTS + "?limit=1&cursor=" + first.json().at("/next_cursor").asText());
        assertThat(second.at("/data/0/doc_id")).isNotEqualTo("\"" + id + "\"");
        assertThat(client.get(DOCUMENTS + "?namespace=other").json().at("/data"))
                .hasSize(1);

        assertThat(client.delete(DOCUMENTS + "/" + id).body()).isEqualTo("{\"doc_id\":\"" + id + "\",\"erased\":true}");

        assertThat(client.get(DOCUMENTS).json().at("/data")).hasSize(1);
        assertThat(client.get(DOCUMENTS).at("/next_cursor")).isEqualTo("null");
        assertThat(client.delete(DOCUMENTS + "/" + id).status()).isEqualTo(404);
        assertThat(client.get(DOCUMENTS + "/" + id).at("/error/code")).isEqualTo("\"document_not_found\"");
    }

    @Test
    void call_switchedOffByTheConfiguration_isUnavailableAndSaysSo() {
        try (var off = new World(Map.of("perpetua.vision.enabled", false))) {
            var reply = off.client().post(SEARCH, "{\"query\":\"x\"}");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.at("/error/code")).isEqualTo("\"upstream_disabled\"");
            assertThat(reply.json().at("/error/message").asText()).contains("perpetua.vision.enabled");
            assertThat(off.client().get(DOCUMENTS).status()).isEqualTo(200);
        }
    }

    @Test
    void answers_areAllToldOf() {
        read("harbour lantern", "");
        client.post(SEARCH, "{\"query\":\"lantern\"}");
        client.post(SEARCH, "{}");
        client.post(SEARCH, "no json");
        client.call("POST", SEARCH, null);
        client.call("POST", SEARCH, new byte[] {'{', '}'}, "Content-Type", "text/plain");
        client.post(SEARCH, "{\"query\":\"x\"}", "X-Use-OCR", "false");
        client.post(DECODE, "{\"region_ids\":[\"a\"]}");
        client.get(DOCUMENTS);
        client.get(INDEX + "/jobs/none");

        assertThat(world.folder.told.answered)
                .containsExactly(
                        "INDEX OK",
                        "SEARCH OK",
                        "SEARCH REFUSED",
                        "SEARCH REFUSED",
                        "SEARCH REFUSED",
                        "SEARCH REFUSED",
                        "SEARCH UNAVAILABLE",
                        "DECODE OK");
    }

    @Test
    void answers_whenTheStoreIsAwayOrSomethingIsBroken_areToldOf() {
        world.folder.documents.away(true);
        client.post(INDEX, document("x", ""));
        world.folder.documents.away(false);
        world.folder.index.goAway();
        client.post(SEARCH, "{\"query\":\"x\"}");

        assertThat(world.folder.told.answered).containsExactly("INDEX UNAVAILABLE", "SEARCH UNAVAILABLE");
    }

    @Test
    void answers_withoutAKey_areToldOf() {
        try (var keyed = new World(Map.of("test.keys-required", true))) {
            assertThat(keyed.client().post(SEARCH, "{\"query\":\"x\"}").status())
                    .isEqualTo(401);
            assertThat(keyed.folder.told.answered).containsExactly("SEARCH REFUSED");
        }
    }

    @Test
    void chat_withDocuments_quotesThem() {
        read("table: valve | boiler | 7", ",\"metadata\":{\"title\":\"Manual\"}");
        String chat = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Which valve?\"}],"
                + "\"memory_config\":{\"documents\":%s}}";

        var quoted = client.post("/v1/context", chat.formatted("true"));

        assertThat(quoted.status()).as(quoted.body()).isEqualTo(200);
        assertThat(quoted.body()).contains("[page 1, table] valve | boiler | 7");
        assertThat(quoted.json()
                        .at("/perpetual_metadata/tokens/parts/documents")
                        .asInt())
                .isPositive();
        assertThat(client.post("/v1/context", chat.formatted("false")).body()).doesNotContain("boiler");
        assertThat(client.post("/v1/context", chat.formatted("[\"doc_0\"]")).body())
                .doesNotContain("boiler");
        assertThat(client.post("/v1/context", chat.formatted("{\"top_k\":1}")).body())
                .contains("boiler");
        assertRefused(client.post("/v1/context", chat.formatted("7")), "memory_config.documents");
        assertRefused(client.post("/v1/context", chat.formatted("{\"top_k\":0}")), "memory_config.documents.top_k");
        assertRefused(client.post("/v1/context", chat.formatted("[7]")), "memory_config.documents[0]");
        assertRefused(client.post("/v1/context", chat.formatted("{\"foo\":1}")), "memory_config.documents.foo");
    }

    @Test
    void chat_withDocumentsSwitchedOff_goesOnWithoutThemAndSaysSo() {
        read("table: valve | boiler | 7", "");
        String chat = "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Which valve?\"}],"
                + "\"memory_config\":{\"documents\":true}}";

        var off = client.post("/v1/context", chat, "X-Use-OCR", "false");

        assertThat(off.status()).as(off.body()).isEqualTo(200);
        assertThat(off.body()).doesNotContain("boiler");
        assertThat(off.json().at("/perpetual_metadata/degraded").toString()).isEqualTo("[\"documents\"]");
        assertThat(client.post("/v1/context", chat, "X-Use-OCR", "true").body()).contains("boiler");
        assertRefused(client.post("/v1/context", chat, "X-Use-OCR", "maybe"), "X-Use-OCR");
    }

    @Test
    void conversation_withDocumentsAlone_isErased_andOneWithTurnsListsThemInItsExport() {
        String bound = ",\"metadata\":{\"conversation_id\":\"talk\",\"title\":\"Manual\"}";
        String job = read("harbour lantern", bound).json().path("job_id").asText();
        String id = client.get(INDEX + "/jobs/" + job).json().path("doc_id").asText();
        assertThat(client.delete("/v1/conversations/talk").status()).isEqualTo(200);
        assertThat(client.get(DOCUMENTS + "/" + id).status()).isEqualTo(404);
        assertThat(client.delete("/v1/conversations/talk").status()).isEqualTo(404);

        read("harbour lantern", bound);
        read("another", ",\"metadata\":{\"conversation_id\":\"talk\"}");
        read("nobody's", "");
        client.post(
                "/v1/memory/add",
                "{\"conversation_id\":\"talk\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        var export = client.get("/v1/conversations/talk/export");
        assertThat(export.json().path("documents")).hasSize(2);
        assertThat(export.json().path("turns")).hasSize(1);
        var listed = export.json()
                .path("documents")
                .valueStream()
                .filter(each -> each.path("doc_id").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(listed.at("/metadata/title").asText()).isEqualTo("Manual");
        assertThat(listed.path("pages").asInt()).isEqualTo(1);
        assertThat(listed.path("sha256").asText())
                .isEqualTo(HexFormat.of().formatHex(DocumentId.sha256().digest("harbour lantern".getBytes(UTF_8))));
    }
}
