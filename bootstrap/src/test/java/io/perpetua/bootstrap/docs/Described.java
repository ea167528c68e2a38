package io.perpetua.bootstrap.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Compares answers with what the API's description says of them. */
final class Described {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    Described() throws IOException {
        try (var in = Described.class.getResourceAsStream("/openapi.yml")) {
            root = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(in));
        }
    }

    /** What is wrong with an answer in JSON, each with its place; nothing where no schema is given. */
    List<String> wrong(String method, String path, int status, JsonNode answer) {
        var responses = operation(method, path).path("responses");
        var response = resolve(responses.path(responses.has("" + status) ? "" + status : "default"));
        if (response.isMissingNode()) {
            return List.of(status + " is not described");
        }
        var schema = response.at("/content/application~1json/schema");
        var wrong = new ArrayList<String>();
        if (!schema.isMissingNode()) {
            check(schema, answer, "", wrong);
        }
        return wrong;
    }

    private JsonNode operation(String method, String path) {
        for (var described : root.path("paths").properties()) {
            String pattern = described.getKey().replaceAll("\\{[^}]*}", "[^/]+");
            if (Pattern.matches(pattern, path)) {
                return described.getValue().path(method.toLowerCase(Locale.ROOT));
            }
        }
        return JSON.missingNode();
    }

    /** What {@code node} refers to, with its parts made one. */
    private JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref");
        if (reference.isTextual()) {
            return resolve(root.at(reference.asText().substring(1)));
        }
        if (!node.has("allOf")) {
            return node;
        }
        var whole = JSON.createObjectNode();
        var required = whole.putArray("required");
        var properties = whole.putObject("properties");
        for (JsonNode part : node.path("allOf")) {
            var resolved = resolve(part);
            resolved.path("required").forEach(required::add);
            resolved.path("properties").properties().forEach(each -> properties.set(each.getKey(), each.getValue()));
        }
        return whole;
    }

    private void check(JsonNode given, JsonNode value, String at, List<String> wrong) {
        var schema = resolve(given);
        if (schema.has("oneOf")) {
            if (schema.path("oneOf").valueStream().noneMatch(each -> fits(each, value))) {
                wrong.add(at + " fits none of what it may be");
            }
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(at + " is " + value);
        }
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            wrong.add(at + " is no " + schema.path("type") + " but " + value.getNodeType());
        } else if (value.isObject()) {
            fields(schema, value, at, wrong);
        } else if (value.isArray() && schema.has("items")) {
            value.forEach(item -> check(schema.path("items"), item, at + "/*", wrong));
        }
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        var wrong = new ArrayList<String>();
        check(schema, value, "", wrong);
        return wrong.isEmpty();
    }

    private void fields(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                wrong.add(at + "/" + name.asText() + " is missing");
            }
        });
        var more = schema.path("additionalProperties");
        value.properties().forEach(field -> {
            var described = schema.path("properties").path(field.getKey());
            if (!described.isMissingNode()) {
                check(described, field.getValue(), at + "/" + field.getKey(), wrong);
            } else if (more.isObject()) {
                check(more, field.getValue(), at + "/" + field.getKey(), wrong);
            } else if (more.isMissingNode() && schema.has("properties")) {
                wrong.add(at + "/" + field.getKey() + " is not described");
            }
        });
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(each -> isOfType(each, value));
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isNull();
        };
    }
}
