package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A content part that is not text, as protocols other than OpenAI's want to know it.
 *
 * @param mediaType its MIME type, null for a URL, which does not say
 * @param data its bytes in base64, null for a URL
 * @param url where it is, null when its data are here
 * @param name a file's name, null if it has none
 */
public record Attachment(
        @Nullable String mediaType,
        @Nullable String data,
        @Nullable String url,
        @Nullable String name) {

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]+)(?:;[^;,]+)*;base64,(.*)", Pattern.DOTALL);

    /** The attachment that a part of a message is, null when it is of a kind or in a form that is not known here. */
    public static @Nullable Attachment of(JsonNode part) {
        String type = part.path("type").asText();
        return switch (type) {
            case "image_url" -> image(part.path("image_url"));
            case "input_audio" -> audio(part.path("input_audio"));
            case "file" -> file(part.path("file"));
            default -> null;
        };
    }

    private static @Nullable Attachment image(JsonNode image) {
        String url = Json.text(image.isTextual() ? image : image.get("url"));
        if (url == null) {
            return null;
        }
        return url.startsWith("data:") ? ofDataUrl(url, null) : new Attachment(null, null, url, null);
    }

    private static @Nullable Attachment audio(JsonNode audio) {
        String data = Json.text(audio.get("data"));
        String format = Json.text(audio.get("format"));
        return data == null || format == null
                ? null
                : new Attachment("audio/" + format.toLowerCase(Locale.ROOT), data, null, null);
    }

    private static @Nullable Attachment file(JsonNode file) {
        String data = Json.text(file.get("file_data"));
        return data == null ? null : ofDataUrl(data, Json.text(file.get("filename")));
    }

    private static @Nullable Attachment ofDataUrl(String url, @Nullable String name) {
        var parts = DATA_URL.matcher(url);
        return parts.matches() ? new Attachment(parts.group(1), parts.group(2), null, name) : null;
    }
}
