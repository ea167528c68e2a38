package io.perpetua.domain.vision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Scope;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIdTest {

    private static final byte[] CONTENT = DocumentId.sha256().digest("content".getBytes(UTF_8));

    @Test
    void of_sameContent_isTheSameWithinItsScopeAlone() {
        String id = DocumentId.of(new Scope("a", "b"), CONTENT);

        assertThat(id).matches("doc_[0-9a-f]{32}").isEqualTo(DocumentId.of(new Scope("a", "b"), CONTENT.clone()));
        assertThat(DocumentId.valid(id)).isTrue();
        assertThat(DocumentId.of(new Scope("a", "c"), CONTENT)).isNotEqualTo(id);
        assertThat(DocumentId.of(new Scope("ab", "b"), CONTENT)).isNotEqualTo(id);
        assertThat(DocumentId.of(new Scope("a", "b"), DocumentId.sha256().digest()))
                .isNotEqualTo(id);
    }

    @Test
    void region_onTheWire_isReadBack() {
        var region = new RegionId(DocumentId.of(new Scope("a", "b"), CONTENT), 12, 0);

        assertThat(RegionId.of(region.wire())).isEqualTo(region);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "doc_0123456789abcdef0123456789abcdef",
                "doc_0123456789abcdef0123456789abcdef_p0_r0",
                "doc_0123456789abcdef0123456789abcdef_p01_r0",
                "doc_0123456789abcdef0123456789abcdef_p1_r99999999999",
                "doc_0123456789ABCDEF0123456789abcdef_p1_r0",
                "doc_0123456789abcdef0123456789abcdef_p1_r0\n"
            })
    void region_anyOtherText_isNone(String wire) {
        assertThat(RegionId.of(wire)).isNull();
    }

    @Test
    void regions_areOrderedAsTheyAreRead() {
        assertThat(new RegionId("a", 2, 9)).isLessThan(new RegionId("a", 10, 0));
        assertThat(new RegionId("a", 2, 9)).isLessThan(new RegionId("a", 2, 10));
        assertThat(new RegionId("a", 9, 9)).isLessThan(new RegionId("b", 1, 0));
    }

    @Test
    void title_isWhatTheMetadataSaysOnOneLine() {
        assertThat(title("\"A \\\"great\\\"\\nmanual\\u0000\"")).isEqualTo("A \"great\" manual");
        assertThat(title("7")).isEmpty();
        assertThat(title("\"" + "x".repeat(200) + "\"")).hasSize(80);
    }

    private static String title(String json) {
        return new Document("d", "", null, 1, Map.of("title", json), 0, false, Instant.EPOCH).title();
    }
}
