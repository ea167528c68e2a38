package io.perpetua.adapters.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON as clients may send it: strict UTF-8, at most {@value #DEEPEST} levels deep, of any length that the server lets
 * in; of members with one name the last counts. Stateless; safe for concurrent use.
 */
public final class Json {

    private static final int DEEPEST = 200;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /** A body's text, which must be UTF-8. */
    public static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the body is not valid UTF-8");
        }
    }

    /** The JSON that {@code text} is. */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused(e);
        }
    }

    /** The JSON of maps, lists and plain values. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** JSON text as a value to be written as it stands. */
    public static RawValue raw(String json) {
        return new RawValue(json);
    }

    public static String write(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree can always be written", e);
        }
    }

    public static byte[] bytes(JsonNode value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** A parser's complaint in our words: its own mention classes and settings that mean nothing to a client. */
    static RequestRefused refused(JsonProcessingException complaint) {
        if (complaint instanceof StreamConstraintsException limit) {
            return malformed(
                    limit.getOriginalMessage().contains("depth")
                            ? "the JSON is nested deeper than " + DEEPEST + " levels"
                            : "the JSON holds a number or a name that is too long");
        }
        var at = complaint.getLocation();
        return malformed("the body is not valid JSON"
                + (at == null ? "" : ": look at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }

    static RequestRefused malformed(String message) {
        return new RequestRefused(Reason.INVALID, "invalid_json", null, message);
    }
}
