package io.perpetua.adapters.http.memory;

import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.memory.AddMemory.Dated;
import jakarta.inject.Singleton;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads messages that may say when they were said; the date is ours, and leaves the message. */
@Singleton
final class DatedMessages {

    private static final String DATE = "created_at";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final Messages messages;

    DatedMessages(Messages messages) {
        this.messages = messages;
    }

    List<Dated> read(RawObject body) {
        var dated = new ArrayList<Dated>();
        for (String wire : messages.wires(body)) {
            dated.add(read(wire, dated.size()));
        }
        return dated;
    }

    private Dated read(String wire, int index) {
        String place = Messages.place(index, null);
        var raw = RawObject.of(wire, place);
        boolean hasDate = raw.get(DATE) != null;
        var fields = raw.fields(place, Set.of(DATE));
        return new Dated(messages.read(hasDate ? raw.without(Set.of(DATE)) : wire, index), date(fields));
    }

    private static @Nullable Instant date(Fields fields) {
        String found = fields.textOrNull(DATE);
        return found == null ? null : parse(fields, found);
    }

    private static Instant parse(Fields fields, String found) {
        try {
            Instant at = instant(found);
            if (!at.isBefore(EARLIEST) && at.isBefore(LATEST)) {
                return at;
            }
        } catch (DateTimeException e) {
            // Not a date at all, or one beyond what an instant can be: told the same way.
        }
        throw fields.invalid(
                DATE, "a date of the years 1 to 9999 in ISO 8601, such as 2026-03-01T09:30:00Z", "'" + found + "'");
    }

    /** A date alone is its first moment; a time without an offset is UTC. */
    private static Instant instant(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor parsed =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }
}
