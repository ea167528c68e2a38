package io.perpetua.adapters.http.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read field by field. What is not as it should be is refused with the field's path, what was
 * found and what was expected. A field that is null is as good as absent. Immutable.
 */
public final class Fields {

    /** Found strings are quoted up to this many characters. */
    private static final int QUOTED = 40;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final ObjectNode object;
    private final String path;

    Fields(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The object that a request's body is. */
    public static Fields of(byte[] body) {
        return of(Json.tree(Json.text(body)), "");
    }

    /** The object that {@code node} is. */
    public static Fields of(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw unexpected(path, "an object", node);
        }
        return new Fields(object, path);
    }

    /** Where a field of this object is, from the body down. */
    public String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    public String text(String field) {
        return required(field, "a string", textOrNull(field));
    }

    public @Nullable String textOrNull(String field) {
        JsonNode found = find(field);
        return found == null ? null : string(found, path(field));
    }

    public boolean flag(String field, boolean otherwise) {
        JsonNode found = find(field);
        if (found != null && !found.isBoolean()) {
            throw unexpected(path(field), "true or false", found);
        }
        return found == null ? otherwise : found.booleanValue();
    }

    public int integer(String field, int least, int most, int otherwise) {
        Integer found = integerOrNull(field, least, most);
        return found == null ? otherwise : found;
    }

    public @Nullable Integer integerOrNull(String field, int least, int most) {
        JsonNode found = find(field);
        if (found == null) {
            return null;
        }
        if (!found.isNumber() || !isInteger(found.decimalValue(), least, most)) {
            throw unexpected(path(field), "an integer from " + least + " to " + most, found);
        }
        return found.decimalValue().intValueExact();
    }

    /** A number from 0 to 1. */
    public @Nullable Double shareOrNull(String field) {
        JsonNode found = find(field);
        if (found == null) {
            return null;
        }
        // Compared before it becomes a double: 1.00000000000000000001 is no share.
        if (!found.isNumber()
                || found.decimalValue().signum() < 0
                || found.decimalValue().compareTo(BigDecimal.ONE) > 0) {
            throw unexpected(path(field), "a number from 0 to 1", found);
        }
        return found.doubleValue();
    }

    /** A date or a time in ISO 8601. A date alone is its first moment; a time without an offset is UTC. */
    public @Nullable Instant instantOrNull(String field) {
        String found = textOrNull(field);
        return found == null ? null : parse(field, found);
    }

    private Instant parse(String field, String found) {
        try {
            Instant at = instant(found);
            if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) {
                return at;
            }
        } catch (DateTimeException e) {
            // Not a date at all, or one beyond what an instant can be: told the same way.
        }
        throw invalid(
                field,
                "a date of the years 1 to 9999 in ISO 8601, such as 2026-03-01T09:30:00Z",
                "'" + brief(found) + "'");
    }

    private static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }

    /** The field's word, one of {@code words}. */
    public @Nullable String wordOrNull(String field, List<String> words) {
        JsonNode found = find(field);
        if (found != null && !(found.isTextual() && words.contains(found.textValue()))) {
            throw unexpected(path(field), "one of " + String.join(", ", words), found);
        }
        return found == null ? null : found.textValue();
    }

    /** The object in the field; one without any members when it is absent. */
    public Fields object(String field) {
        JsonNode found = find(field);
        return found == null ? new Fields(Json.object(), path(field)) : of(found, path(field));
    }

    /** Refuses other members than {@code known}. */
    public void requireOnly(List<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(brief(name), "no others than " + String.join(", ", known), "another");
            }
        });
    }

    /** The strings of a field that is one or a list of them. */
    public List<String> texts(String field) {
        JsonNode found = required(field, "a string or an array of strings", find(field));
        if (!found.isArray()) {
            return List.of(string(found, path(field)));
        }
        var texts = new ArrayList<String>();
        for (JsonNode each : found) {
            texts.add(string(each, path(field) + "[" + texts.size() + "]"));
        }
        return texts;
    }

    /** The field as it is, null when it is absent. */
    public @Nullable JsonNode find(String field) {
        JsonNode found = object.get(field);
        return found == null || found.isNull() ? null : found;
    }

    /** {@code found}, which must be there. */
    public <T> T required(String field, String expected, @Nullable T found) {
        if (found == null) {
            throw new RequestRefused(
                    Reason.INVALID,
                    "missing_required_parameter",
                    path(field),
                    "'" + path(field) + "' is required: expected " + expected);
        }
        return found;
    }

    /** A refusal of the field's value, which has the right type. */
    public RequestRefused invalid(String field, String expected, String found) {
        return invalidAt(path(field), expected, found);
    }

    /** A refusal of what was found at {@code path}. */
    public static RequestRefused unexpected(String path, String expected, JsonNode found) {
        return invalidAt(path, expected, describe(found));
    }

    /** A refusal of what has more than {@code most} parts at {@code path}. */
    static RequestRefused tooMany(String path, int most, String parts) {
        return invalidAt(path, "at most " + most + " " + parts, "more");
    }

    private static RequestRefused invalidAt(String path, String expected, String found) {
        String where = path.isEmpty() ? "the body" : "'" + path + "'";
        return new RequestRefused(
                Reason.INVALID,
                "invalid_value",
                path.isEmpty() ? null : path,
                where + ": expected " + expected + ", found " + found);
    }

    private static String string(JsonNode found, String path) {
        if (!found.isTextual()) {
            throw unexpected(path, "a string", found);
        }
        String text = found.textValue();
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw invalidAt(path, "a string of Unicode characters", "half a surrogate pair in it");
        }
        return text;
    }

    private static boolean isInteger(BigDecimal number, int least, int most) {
        // Compared first: a number such as 1e999999999 has a value, and no int to be converted to.
        return number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static String describe(JsonNode found) {
        return switch (found.getNodeType()) {
            case STRING -> "the string " + quote(found.textValue());
            case NUMBER -> "the number " + brief(found.asText());
            case BOOLEAN -> found.asText();
            case NULL -> "null";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case MISSING, BINARY -> "nothing";
        };
    }

    private static String quote(String text) {
        return Json.write(TextNode.valueOf(brief(text)));
    }

    private static String brief(String text) {
        return text.codePointCount(0, text.length()) <= QUOTED
                ? text
                : text.substring(0, text.offsetByCodePoints(0, QUOTED)) + "…";
    }
}
