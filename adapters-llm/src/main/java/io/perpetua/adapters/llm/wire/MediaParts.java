package io.perpetua.adapters.llm.wire;

import static io.perpetua.adapters.llm.wire.Fields.expected;
import static io.perpetua.adapters.llm.wire.Fields.requireText;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Message.Media;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a message that are not text, identified and priced.
 *
 * <p>Prices in tokens, all of them estimates. An image: 85 in low detail, otherwise 765, which is what OpenAI's tile
 * formula gives for 1024 × 1024 (85, and 170 a tile). Audio: 10 a second, taking 48 000 bytes of WAV (24 kHz, 16 bit,
 * mono) or 16 000 bytes of anything else (128 kbit/s) for a second. A file: a fiftieth of its bytes, at least 765, and
 * 1 500 when only its id is known. Any other part: a quarter of its JSON's characters.
 *
 * @see <a href="https://platform.openai.com/docs/guides/images-vision#calculating-costs">Calculating costs</a>
 */
final class MediaParts {

    private static final int LOW_DETAIL_IMAGE = 85;
    private static final int IMAGE = 765;
    private static final int AUDIO_PER_SECOND = 10;
    private static final int WAV_BYTES_PER_SECOND = 48_000;
    private static final int CODED_BYTES_PER_SECOND = 16_000;
    private static final int BYTES_PER_FILE_TOKEN = 50;
    private static final int FILE_BY_ID = 1_500;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private MediaParts() {}

    /** The part {@code part} of type {@code kind}, which stands at {@code path}. */
    static Media read(String kind, JsonNode part, String path) {
        return switch (kind) {
            case "image_url" -> image(part, path + ".image_url");
            case "input_audio" -> audio(part, path + ".input_audio");
            case "file" -> file(part, path + ".file");
            default -> {
                String json = Json.write(part);
                yield new Media(kind, digest(json), json.length() / CHARACTERS_PER_TOKEN);
            }
        };
    }

    /** Some clients write the URL where OpenAI has an object around it; providers that know the short form take it. */
    private static Media image(JsonNode part, String path) {
        var image = part.get("image_url");
        if (image != null && image.isTextual()) {
            return new Media("image_url", urlReference(image.textValue()), IMAGE);
        }
        requireObject(image, path);
        String url = requireText(part.path("image_url"), "url", path + ".url");
        boolean low = "low".equals(Json.text(part.path("image_url").get("detail")));
        return new Media("image_url", urlReference(url), low ? LOW_DETAIL_IMAGE : IMAGE);
    }

    private static Media audio(JsonNode part, String path) {
        requireObject(part.get("input_audio"), path);
        var audio = part.path("input_audio");
        String data = requireText(audio, "data", path + ".data");
        int bytesPerSecond =
                "wav".equals(Json.text(audio.get("format"))) ? WAV_BYTES_PER_SECOND : CODED_BYTES_PER_SECOND;
        long tokens = Math.ceilDiv(decodedBytes(data) * AUDIO_PER_SECOND, (long) bytesPerSecond);
        return new Media("input_audio", digest(data), (int) tokens);
    }

    private static Media file(JsonNode part, String path) {
        requireObject(part.get("file"), path);
        var file = part.path("file");
        String id = Json.text(file.get("file_id"));
        if (id != null) {
            return new Media("file", id, FILE_BY_ID);
        }
        String data = Json.text(file.get("file_data"));
        if (data == null) {
            throw new MalformedMessage(path, "expected file_id or file_data, a string");
        }
        return new Media("file", digest(data), (int) Math.max(IMAGE, decodedBytes(data) / BYTES_PER_FILE_TOKEN));
    }

    private static void requireObject(@Nullable JsonNode node, String path) {
        if (node == null || !node.isObject()) {
            throw expected(path, "an object", node);
        }
    }

    private static String urlReference(String url) {
        return url.startsWith("data:") ? digest(url) : url;
    }

    private static long decodedBytes(String base64) {
        return base64.length() * 3L / 4;
    }

    private static String digest(String data) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(sha.digest(data.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
