package io.perpetua.adapters.http.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.domain.vision.Document;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is said about documents: names with strings, numbers and booleans. */
final class MetadataReader {

    private static final String METADATA = "metadata";
    private static final int MOST_MEMBERS = 32;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 512;

    /** Digits of a number, before and behind the point. */
    private static final int MOST_DIGITS = 100;

    private MetadataReader() {}

    /** The field {@code metadata}, each value as JSON writes it; null when it is absent. */
    static @Nullable Map<String, String> read(Fields fields) {
        JsonNode found = fields.find(METADATA);
        if (found == null) {
            return null;
        }
        if (!found.isObject()) {
            throw Fields.unexpected(fields.path(METADATA), "an object", found);
        }
        if (found.size() > MOST_MEMBERS) {
            throw fields.invalid(METADATA, "at most " + MOST_MEMBERS + " members", found.size() + " of them");
        }
        var metadata = new LinkedHashMap<String, String>();
        found.properties().forEach(member -> {
            String path = fields.path(METADATA) + "." + member.getKey();
            checkName(fields, member.getKey());
            if (!member.getValue().isNull()) {
                metadata.put(member.getKey(), value(path, member.getKey(), member.getValue()));
            }
        });
        return metadata;
    }

    private static void checkName(Fields fields, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(MetadataReader::unprintable)) {
            throw fields.invalid(METADATA, "names of 1 to " + LONGEST_NAME + " printable characters", "another");
        }
    }

    private static boolean unprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    private static String value(String path, String name, JsonNode value) {
        if (value.isTextual()
                && value.textValue().length() <= LONGEST_VALUE
                && value.textValue().codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            String text = value.textValue();
            return Json.write(
                    TextNode.valueOf(name.equals(Document.CONVERSATION) ? Call.identifier(path, text) : text));
        }
        if (name.equals(Document.CONVERSATION)) {
            throw Fields.unexpected(path, "a string of 1 to 256 printable characters", value);
        }
        if (value.isBoolean()) {
            return value.asText();
        }
        if (value.isNumber() && isWritable(value.decimalValue())) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        throw Fields.unexpected(
                path,
                "a string of up to " + LONGEST_VALUE + " characters, a number of up to " + MOST_DIGITS
                        + " digits, true or false",
                value);
    }

    private static boolean isWritable(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
    }
}
