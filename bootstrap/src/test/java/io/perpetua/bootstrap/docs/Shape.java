package io.perpetua.bootstrap.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Compares an answer that the documentation shows with a real one. */
final class Shape {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: {";

    private Shape() {}

    /** The fields of {@code shown}, with their paths, that {@code real} does not have. */
    static List<String> missing(JsonNode shown, JsonNode real) {
        var missing = new ArrayList<String>();
        compare(shown, real, "", missing);
        return missing;
    }

    /** An answer; of a stream the last chunk. Nothing where it is not JSON. */
    static JsonNode answer(String text) {
        try {
            return JSON.readTree(text.lines()
                    .filter(line -> line.startsWith(DATA))
                    .reduce((first, second) -> second)
                    .map(line -> line.substring(DATA.length() - 1))
                    .orElse(text));
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static void compare(JsonNode shown, JsonNode real, String path, List<String> missing) {
        if (shown.isObject()) {
            shown.properties().forEach(field -> {
                String inside = path + "/" + field.getKey();
                if (real.has(field.getKey())) {
                    compare(field.getValue(), real.get(field.getKey()), inside, missing);
                } else {
                    missing.add(inside);
                }
            });
        } else if (shown.isArray() && !shown.isEmpty()) {
            if (real.isArray() && !real.isEmpty()) {
                compare(shown.get(0), real.get(0), path + "/0", missing);
            } else {
                missing.add(path + "/0");
            }
        } else if (shown.isNumber() != real.isNumber() && !real.isNull()) {
            missing.add(path + " as a " + shown.getNodeType());
        }
    }
}
