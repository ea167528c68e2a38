package io.perpetua.bootstrap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON of maps, lists, strings, numbers and booleans, and of raw text that need not be JSON. */
final class LooseJson {

    private LooseJson() {}

    /** Text that is written as it stands. */
    record Raw(String text) {}

    /** An object without members. */
    static Map<String, @Nullable Object> object() {
        return new LinkedHashMap<>();
    }

    static String write(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Raw raw -> raw.text();
            case String text -> quote(text);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quote(String.valueOf(entry.getKey())) + ":" + write(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(LooseJson::write).collect(Collectors.joining(",", "[", "]"));
            default -> String.valueOf(value);
        };
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate((char) c)) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
