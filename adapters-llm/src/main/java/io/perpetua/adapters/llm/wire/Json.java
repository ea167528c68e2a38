package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON as trees, strict in what it reads and exact in what it keeps. Safe for concurrent use. */
public final class Json {

    /** Inlined images make long strings; whoever received the text has bounded it already. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Numbers are kept digit by digit: what passes through must not be rounded. */
    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** The tree that {@code text} spells, or null when it is not one JSON value and nothing else. */
    public static @Nullable JsonNode parse(String text) {
        try {
            var node = MAPPER.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException | NumberFormatException e) { // the latter for an exponent beyond all bounds
            return null;
        }
    }

    /** The object that {@code text} spells, or null when it is anything else. */
    public static @Nullable ObjectNode parseObject(String text) {
        return parse(text) instanceof ObjectNode object ? object : null;
    }

    /** A parser that walks through {@code text} and knows at which character it stands. */
    public static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /** {@code node} as compact JSON. */
    public static String write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a tree is always writable", e);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The text of {@code node}, or null when it is absent or not a text. */
    public static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : null;
    }

    /** The count in a field of {@code parent}, -1 when there is none: a whole number of at least 0. */
    public static int count(JsonNode parent, String field) {
        var node = parent.path(field);
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0 ? node.intValue() : -1;
    }

    /** Whether {@code node} says something: neither absent, null, nor empty. */
    public static boolean says(@Nullable JsonNode node) {
        return node != null
                && !node.isNull()
                && !(node.isTextual() && node.textValue().isEmpty())
                && !(node.isContainerNode() && node.isEmpty());
    }
}
