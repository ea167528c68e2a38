package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/** A name that comes once and a text that comes in pieces: how functions are called. Not safe for concurrent use. */
final class NamedText {

    private final String textField;
    private final StringBuilder text = new StringBuilder();
    private String name = "";

    NamedText(String textField) {
        this.textField = textField;
    }

    void add(JsonNode delta) {
        String namedNow = Json.text(delta.get("name"));
        if (name.isEmpty() && namedNow != null) {
            name = namedNow;
        }
        var piece = delta.path(textField);
        text.append(piece.isContainerNode() ? Json.write(piece) : piece.asText(""));
    }

    boolean isEmpty() {
        return name.isEmpty() && text.isEmpty();
    }

    ObjectNode json() {
        return Json.object().put("name", name).put(textField, text.toString());
    }
}
