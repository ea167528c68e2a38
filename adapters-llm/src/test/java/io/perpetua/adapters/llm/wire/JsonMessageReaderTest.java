package io.perpetua.adapters.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.conversation.MessageReaderContract;
import io.perpetua.domain.conversation.Message.Media;
import org.junit.jupiter.api.Test;

class JsonMessageReaderTest extends MessageReaderContract {

    @Override
    protected MessageReader reader() {
        return new JsonMessageReader();
    }

    @Test
    void read_audio_costsTenTokensASecond() {
        String twoSeconds = "A".repeat(2 * 48_000 * 4 / 3);
        var message = reader().read("""
                        {"role":"user","content":[{"type":"input_audio","input_audio":{"data":"%s","format":"wav"}}]}""".formatted(twoSeconds));

        assertThat(message.media()).extracting(Media::tokens).containsExactly(20);
    }

    @Test
    void read_inlineFile_costsOneTokenInFiftyBytesAndAnImageAtLeast() {
        String file = "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_data\":\"%s\"}}]}";

        assertThat(reader().read(file.formatted("AAAA")).media())
                .extracting(Media::tokens)
                .containsExactly(765);
        assertThat(reader().read(file.formatted("A".repeat(100_000 * 4 / 3))).media())
                .extracting(Media::tokens)
                .containsExactly(1_999);
    }

    @Test
    void read_imageLongerThanJacksonsDefaultLimit_isRead() {
        String url = "data:image/png;base64," + "A".repeat(21_000_000);
        var message = reader().read("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                + url + "\"}}]}");

        assertThat(message.media().getFirst().reference()).startsWith("sha256:");
    }

    @Test
    void read_imageInShortForm_isAnImage() {
        var message = reader().read(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"https://example.org/a\"}]}");

        assertThat(message.media()).containsExactly(new Media("image_url", "https://example.org/a", 765));
    }
}
