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
    /** Names, values and brackets of what becomes a tree, which takes many times the memory of its text. */
    static final int LARGEST_TREE = 200_000;
    /** The same of a text that is only walked through. */
    private static final int LONGEST_WALK = 1_000_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Makes parsers that walk through a whole body. */
    static final JsonFactory WALKS = factory(LONGEST_WALK);

    static final JsonMapper MAPPER = JsonMapper.builder(factory(LARGEST_TREE))
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    private static JsonFactory factory(int tokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxTokenCount(tokens)
                        .build())
                .build();
    }

    /** A body's text, which must be UTF-8. */
    public static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (text.startsWith(BYTE_ORDER_MARK)) {
                throw malformed("the body begins with a byte order mark; expected JSON from the first byte");
            }
            return text;
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
        } catch (NumberFormatException e) {
            throw tooLarge(e);
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
            return malformed(exceeded(limit.getOriginalMessage()));
        }
        var at = complaint.getLocation();
        return malformed("the body is not valid JSON"
                + (at == null ? "" : ": look at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    }

    /** An exponent that no number in a computer has is one that the parser leaves to the number. */
    private static RequestRefused tooLarge(NumberFormatException complaint) {
        var refused = malformed("the JSON holds a number that is too large");
        refused.initCause(complaint);
        return refused;
    }

    private static String exceeded(String limit) {
        if (limit.contains("depth")) {
            return "the JSON is nested deeper than " + DEEPEST + " levels";
        }
        return limit.contains("Token count")
                ? "the JSON holds more names and values than the server takes"
                : "the JSON holds a number or a name that is too long";
    }

    static RequestRefused malformed(String message) {
        return new RequestRefused(Reason.INVALID, "invalid_json", null, message);
    }
}
