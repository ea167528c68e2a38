package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EmbeddingsTest {

    private static final World WORLD = new World();
    private static final String EMBEDDINGS = "/v1/embeddings";

    private final Client client = WORLD.client();

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void embed_strings_givesAVectorEach() {
        assertThat(client.post(EMBEDDINGS, "{\"model\":\"m\",\"input\":[\"even\",\"odd\"]}")
                        .body())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,0.0]},"
                                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[0.0,1.0]}],\"model\":\"m\","
                                + "\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}");
    }

    @Test
    void embed_base64_isLittleEndianFloats() {
        assertThat(client.post(EMBEDDINGS, "{\"model\":\"m\",\"input\":\"even\",\"encoding_format\":\"base64\"}")
                        .at("/data/0/embedding"))
                .isEqualTo("\"AACAPwAAAAA=\"");
    }

    @Test
    void embed_longText_pointsWhereItsStretchesPointTogether() {
        var vector = client.post(EMBEDDINGS, "{\"model\":\"m\",\"input\":\"even\\nodd\"}")
                .json()
                .at("/data/0/embedding");
        assertThat(vector.get(0).floatValue()).isEqualTo((float) Math.sqrt(0.5));
        assertThat(vector.get(1).floatValue()).isEqualTo((float) Math.sqrt(0.5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"m"} | input
            {"input":"x"} | model
            {"model":"m","input":[]} | input
            {"model":"m","input":""} | input[0]
            {"model":"m","input":[1,2]} | input[0]
            {"model":"m","input":[["a"]]} | input[0]
            {"model":"m","input":"x","dimensions":3} | dimensions
            {"model":"m","input":"x","encoding_format":"hex"} | encoding_format
            """)
    void embed_fieldAtFault_isNamed(String body, String param) {
        var reply = client.post(EMBEDDINGS, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
    }

    @Test
    void embed_withoutEmbedder_isUnavailable() {
        try (var world = new World(Map.of(), null)) {
            var reply = world.client().post(EMBEDDINGS, "{\"model\":\"m\",\"input\":\"x\"}");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.at("/error/code")).isEqualTo("\"embedder_unavailable\"");
        }
    }
}
