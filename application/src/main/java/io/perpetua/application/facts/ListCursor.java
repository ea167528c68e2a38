package io.perpetua.application.facts;

import io.perpetua.application.facts.Facts.Place;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a list is to go on.
 *
 * @param asOf as of when the first page was asked, null for facts of all times; to the microsecond
 * @param after the last fact that was given
 */
record ListCursor(@Nullable Instant asOf, Place after) {

    private static final Pattern WIRE = Pattern.compile("p(-?\\d{1,19})?\\.(-?\\d{1,19})\\.(.+)");

    String wire() {
        return "p"
                + (asOf == null ? "" : Long.toString(SearchCursor.micros(asOf)))
                + "."
                + SearchCursor.micros(after.recordedAt())
                + "."
                + after.id();
    }

    /**
     * The cursor that {@code wire} writes.
     *
     * @throws IllegalArgumentException where it writes none
     */
    static ListCursor of(String wire) {
        var parts = WIRE.matcher(wire);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no cursor of a list");
        }
        String asOf = parts.group(1);
        var after = new Place(SearchCursor.instant(parts.group(2)), parts.group(3));
        return new ListCursor(asOf == null ? null : SearchCursor.instant(asOf), after);
    }
}
