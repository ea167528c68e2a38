package io.perpetua.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes values that a schema allows, most of them such that the request makes sense. */
final class SchemaValues {

    private static final List<String> TEXTS = List.of(
            "What did we decide about the harbour?",
            "Always answer in Dutch.",
            "My name is Ada and I prefer green.",
            "```java\nclass Ship {}\n```",
            "日本語のテキスト 😀",
            "x");

    private static final int CONVERSATIONS = 5;
    private static final int MOST_ITEMS = 4;

    private final ApiDescription api;
    private final SplittableRandom random;

    SchemaValues(ApiDescription api, SplittableRandom random) {
        this.api = api;
        this.random = random;
    }

    /** A value of {@code schema} for the field or parameter called {@code name}. */
    @Nullable
    Object value(JsonNode unresolved, String name) {
        var schema = api.resolve(unresolved);
        if (schema.has("const")) {
            return schema.get("const").asText();
        }
        if (name.equals("role") && random.nextInt(10) < 8) {
            return random.nextBoolean() ? "user" : "assistant";
        }
        if (name.equals("type") && schema.has("examples")) {
            return "text";
        }
        if (schema.has("enum")) {
            return pick(schema.get("enum")).asText();
        }
        if (schema.has("oneOf") && !schema.has("properties")) {
            return value(pick(schema.get("oneOf")), name);
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> array(schema, name);
            case "integer" -> integer(schema);
            case "number" -> random.nextInt(100) / 100.0;
            case "boolean" -> random.nextBoolean();
            case "null" -> null;
            default -> string(name);
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? pick(type).asText() : type.asText("string");
    }

    private JsonNode pick(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }

    private Object object(JsonNode schema) {
        var object = LooseJson.object();
        var required = new ArrayList<String>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        if (schema.has("oneOf")) {
            pick(schema.get("oneOf")).path("required").forEach(each -> required.add(each.asText()));
        }
        schema.path("properties").properties().forEach(entry -> {
            boolean wanted = required.contains(entry.getKey())
                    || Set.of("content", "text").contains(entry.getKey())
                    || (!schema.has("oneOf") && random.nextInt(3) == 0);
            if (wanted) {
                object.put(entry.getKey(), value(entry.getValue(), entry.getKey()));
            }
        });
        return object;
    }

    private Object array(JsonNode schema, String name) {
        int size = schema.path("minItems").asInt(0) + random.nextInt(MOST_ITEMS);
        var items = new ArrayList<@Nullable Object>();
        IntStream.range(0, size).forEach(i -> items.add(value(schema.path("items"), name)));
        return items;
    }

    private Object integer(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(1_000);
        return least + random.nextInt(Math.min(most - least, 1_000) + 1);
    }

    private String string(String name) {
        return switch (name) {
            case "id", "conversation_id", "X-Conversation-Id", "chat_id" -> "fuzz-" + random.nextInt(CONVERSATIONS);
            case "model" -> random.nextInt(4) > 0 ? "auto" : "offline/composer";
            case "namespace", "user" -> "fuzz";
            case "tool_call_id", "name" -> "call-" + random.nextInt(2);
            case "created_at", "observed_at", "as_of" -> "2026-03-01T09:30:00Z";
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }
}
