package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Replaces halves of surrogate pairs by U+FFFD: JSON can spell them, UTF-8 and tokenizers cannot. */
final class Surrogates {

    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** {@code node} without halves, the very same node if it had none; containers are changed in place. */
    static JsonNode mend(JsonNode node) {
        return switch (node) {
            case TextNode text -> isWhole(text.textValue()) ? text : TextNode.valueOf(mend(text.textValue()));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, mend(array.get(i)));
                }
                yield array;
            }
            case ObjectNode object -> mendObject(object);
            default -> node;
        };
    }

    private static ObjectNode mendObject(ObjectNode object) {
        var mended = Json.object();
        object.properties().forEach(each -> mended.set(mend(each.getKey()), mend(each.getValue())));
        object.removeAll();
        object.setAll(mended);
        return object;
    }

    /** {@code text} without halves. */
    static String mend(String text) {
        if (isWhole(text)) {
            return text;
        }
        var mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(isHalf(c) ? REPLACEMENT : c));
        return mended.toString();
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(Surrogates::isHalf);
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
