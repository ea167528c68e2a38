package io.perpetua.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API as it describes itself. */
final class ApiDescription {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode root;

    ApiDescription(JsonNode root) {
        this.root = root;
    }

    /**
     * What can be called.
     *
     * @param path with its variables in braces
     * @param body the schema of the body, null where there is none
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            @Nullable JsonNode body) {}

    /**
     * What a call takes besides its body.
     *
     * @param in {@code path}, {@code query} or {@code header}
     */
    record Parameter(String name, String in, JsonNode schema) {}

    List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        operations.add(operation(path.getKey(), path.getValue(), entry.getKey(), entry.getValue()));
                    }
                }));
        return operations;
    }

    private Operation operation(String path, JsonNode shared, String method, JsonNode described) {
        var parameters = new ArrayList<Parameter>();
        for (JsonNode list : List.of(shared.path("parameters"), described.path("parameters"))) {
            for (JsonNode each : list) {
                var parameter = resolve(each);
                parameters.add(new Parameter(
                        parameter.path("name").asText(), parameter.path("in").asText(), parameter.path("schema")));
            }
        }
        var body = described.at("/requestBody/content/application~1json/schema");
        return new Operation(method.toUpperCase(Locale.ROOT), path, parameters, body.isMissingNode() ? null : body);
    }

    /** The schema that {@code schema} refers to, with all of its parts merged. */
    JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref");
        if (reference.isTextual()) {
            return resolve(root.at(reference.asText().substring(1)));
        }
        if (!schema.has("allOf")) {
            return schema;
        }
        var merged = Http.JSON.createObjectNode();
        for (JsonNode part : schema.path("allOf")) {
            resolve(part).properties().forEach(entry -> merge(merged, entry.getKey(), entry.getValue()));
        }
        return merged;
    }

    private static void merge(ObjectNode merged, String key, JsonNode value) {
        if (merged.get(key) instanceof ObjectNode there && value instanceof ObjectNode more) {
            merged.set(key, there.deepCopy().setAll(more));
        } else {
            merged.set(key, value);
        }
    }
}
