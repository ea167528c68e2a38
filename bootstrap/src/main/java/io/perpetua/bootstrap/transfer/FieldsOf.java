package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.bootstrap.transfer.EntryFormat.Malformed;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a piece of a line. Every method throws {@link Malformed}, with the field's name, when it is not there or
 * of another type.
 *
 * @param where what to call it
 */
record FieldsOf(String where, JsonNode node) {

    String text(String name) {
        return text(name, node.path(name));
    }

    /** An element of a list. */
    String text(int index) {
        return text(Integer.toString(index), node.path(index));
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(name, "a text");
        }
        return value.textValue();
    }

    @Nullable
    String textOrNull(String name) {
        return absent(name) ? null : text(name);
    }

    int count(String name) {
        long number = number(name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw wrong(name, "a whole number from 0 to " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** A whole number of any size that is kept. */
    long number(String name) {
        var value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.longValue();
    }

    @Nullable
    Long numberOrNull(String name) {
        return absent(name) ? null : Long.valueOf(number(name));
    }

    double real(String name) {
        var value = node.path(name);
        if (!value.isNumber()) {
            throw wrong(name, "a number");
        }
        return value.doubleValue();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw wrong(name, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    @Nullable
    Instant instantOrNull(String name) {
        return absent(name) ? null : instant(name);
    }

    /** One of several words. */
    <T> T word(String name, Function<String, @Nullable T> words) {
        T found = words.apply(text(name));
        if (found == null) {
            throw wrong(name, "one of the words that are known");
        }
        return found;
    }

    List<String> texts(String name) {
        return each(name, element -> {
            if (!element.node.isTextual()) {
                throw wrong(name, "a list of texts");
            }
            return element.node.textValue();
        });
    }

    /** The elements of a list; none where there is no list. */
    <T> List<T> each(String name, Function<FieldsOf, T> reader) {
        var list = new ArrayList<T>();
        if (absent(name)) {
            return list;
        }
        if (!node.path(name).isArray()) {
            throw wrong(name, "a list");
        }
        for (JsonNode element : node.path(name)) {
            list.add(reader.apply(new FieldsOf(where + "." + name + "[" + list.size() + "]", element)));
        }
        return list;
    }

    /** An object within; null where there is none. */
    @Nullable
    FieldsOf objectOrNull(String name) {
        return absent(name) ? null : new FieldsOf(where + "." + name, node.path(name));
    }

    private boolean absent(String name) {
        return node.path(name).isMissingNode() || node.path(name).isNull();
    }

    /** Without the value, which may be something that was said. */
    Malformed wrong(String name, String expected) {
        return new Malformed(where + "." + name + ": expected " + expected + (absent(name) ? ", found nothing" : ""));
    }
}
