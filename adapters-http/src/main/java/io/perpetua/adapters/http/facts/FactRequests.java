package io.perpetua.adapters.http.facts;

import io.perpetua.adapters.http.Call;
import io.perpetua.adapters.http.json.Fields;
import io.perpetua.application.facts.QueryFacts;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is told and asked. */
final class FactRequests {

    private static final int LONGEST_NAME = 2_000;
    private static final int LONGEST_TEXT = 8_000;

    /** What comes back as it went in; of anything else that could not be said. */
    private static final List<String> ANCHOR = List.of("doc_id", "page", "region_id", "path_line");

    /** What a query may have: a field that is misspelt would find everything. */
    private static final List<String> ASKED = List.of(
            "subject",
            "predicate",
            "object",
            "source_doc",
            "conversation_id",
            "user",
            "text",
            "min_confidence",
            "as_of",
            "history",
            "limit",
            "cursor",
            "namespace");

    private FactRequests() {}

    /** What is asked. */
    record Query(
            FactFilter filter,
            @Nullable String text,
            @Nullable String cursor,
            int limit) {}

    /** What is told, observed at {@code now} unless it says when. */
    static Statement statement(Fields fields, Instant now) {
        var triple = new Triple(
                part(fields, "subject", Triple.LONGEST_NAME),
                part(fields, "predicate", Triple.LONGEST_NAME),
                part(fields, "object", Triple.LONGEST_OBJECT));
        double confidence = fields.required("confidence", "a number from 0 to 1", fields.shareOrNull("confidence"));
        var observedAt = fields.instantOrNull("observed_at");
        var source = new Source(
                Origin.GIVEN,
                name(fields, "source_doc"),
                anchor(fields),
                identifier(fields, "conversation_id"),
                confidence,
                observedAt == null ? now : observedAt);
        var holder = Holder.of(identifier(fields, "user"));
        return new Statement(holder, triple, name(fields, "datatype"), source, observedAt != null);
    }

    private static String part(Fields fields, String field, int longest) {
        String text = fields.text(field);
        if (text.length() > longest || Triple.normal(text).isEmpty()) {
            throw fields.invalid(field, "1 to " + longest + " characters, not all blank", text.length() + " of them");
        }
        return text;
    }

    private static @Nullable String identifier(Fields fields, String field) {
        String id = fields.textOrNull(field);
        return id == null ? null : Call.identifier(fields.path(field), id);
    }

    private static @Nullable String name(Fields fields, String field) {
        String name = fields.textOrNull(field);
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw fields.invalid(
                    field, "1 to " + LONGEST_NAME + " characters, not all blank", name.length() + " of them");
        }
        return name;
    }

    private static @Nullable SourceAnchor anchor(Fields fields) {
        if (fields.find("source_anchor") == null) {
            return null;
        }
        var anchor = fields.object("source_anchor");
        anchor.requireOnly(ANCHOR);
        var read = new SourceAnchor(
                name(anchor, "doc_id"),
                anchor.integerOrNull("page", 0, Integer.MAX_VALUE),
                name(anchor, "region_id"),
                name(anchor, "path_line"));
        return read.equals(new SourceAnchor(null, null, null, null)) ? null : read;
    }

    /** What is asked, of what holds at {@code now} unless it says when. */
    static Query query(Fields fields, Instant now) {
        fields.requireOnly(ASKED);
        Instant asOf = fields.instantOrNull("as_of");
        boolean history = fields.flag("history", false);
        if (asOf != null && history) {
            throw fields.invalid("history", "false, or no as_of beside it", "true");
        }
        Double least = fields.shareOrNull("min_confidence");
        var filter = new FactFilter(
                optional(fields, "subject", Triple.LONGEST_NAME),
                optional(fields, "predicate", Triple.LONGEST_NAME),
                optional(fields, "object", Triple.LONGEST_OBJECT),
                name(fields, "source_doc"),
                identifier(fields, "conversation_id"),
                identifier(fields, "user"),
                least == null ? 0 : least,
                history ? null : asOf == null ? now : asOf);
        return new Query(
                filter,
                optional(fields, "text", LONGEST_TEXT),
                cursor(fields),
                fields.integer("limit", 1, QueryFacts.MOST, QueryFacts.MOST));
    }

    private static @Nullable String cursor(Fields fields) {
        String cursor = fields.textOrNull("cursor");
        if (cursor != null && cursor.length() > QueryFacts.LONGEST_CURSOR) {
            throw fields.invalid("cursor", "the next_cursor of another page", cursor.length() + " characters");
        }
        return cursor;
    }

    private static @Nullable String optional(Fields fields, String field, int longest) {
        return fields.find(field) == null ? null : part(fields, field, longest);
    }
}
