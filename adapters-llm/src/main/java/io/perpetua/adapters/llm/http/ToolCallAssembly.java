package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts streamed tool calls together from their deltas. A delta belongs to the call of its {@code index}; to a new one
 * when its id is another (Gemini numbers every call 0); without an index, to the latest. Not safe for concurrent use.
 */
final class ToolCallAssembly {

    private final List<Call> calls = new ArrayList<>();

    /** Takes the deltas of one chunk. */
    void add(JsonNode deltas) {
        for (var delta : deltas) {
            if (delta instanceof ObjectNode object) {
                call(object).add(object);
            }
        }
    }

    private Call call(ObjectNode delta) {
        Integer index =
                delta.path("index").isIntegralNumber() ? delta.path("index").intValue() : null;
        String id = Json.text(delta.get("id"));
        for (var call : calls.reversed()) {
            if (call.goesOnWith(index, id)) {
                return call;
            }
        }
        var call = new Call(index);
        calls.add(call);
        return call;
    }

    /** The calls so far, in the order in which they began; empty when there are none. */
    ArrayNode json() {
        var json = Json.array();
        calls.forEach(call -> json.add(call.json()));
        return json;
    }

    private static final class Call {

        private final @Nullable Integer index;
        private final ObjectNode fields = Json.object();
        private final NamedText function = new NamedText("arguments");
        private final NamedText custom = new NamedText("input");

        Call(@Nullable Integer index) {
            this.index = index;
        }

        boolean goesOnWith(@Nullable Integer otherIndex, @Nullable String id) {
            String own = Json.text(fields.get("id"));
            boolean another = id != null && !id.isEmpty() && own != null && !id.equals(own);
            return !another && (otherIndex == null ? id == null || id.equals(own) : otherIndex.equals(index));
        }

        void add(ObjectNode delta) {
            for (var field : delta.properties()) {
                switch (field.getKey()) {
                    case "index" -> {}
                    case "function" -> function.add(field.getValue());
                    case "custom" -> custom.add(field.getValue());
                    default -> {
                        if (Json.says(field.getValue())) {
                            fields.set(field.getKey(), field.getValue());
                        }
                    }
                }
            }
        }

        ObjectNode json() {
            var json = Json.object();
            json.setAll(fields);
            if (!json.has("type")) {
                json.put("type", custom.isEmpty() ? "function" : "custom");
            }
            if (custom.isEmpty()) {
                return json.set("function", function.json());
            }
            return json.set("custom", custom.json());
        }
    }
}
