package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.Entry;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Span;
import io.perpetua.domain.facts.Triple;
import org.jspecify.annotations.Nullable;

/** The lines of facts. */
final class FactFormat {

    private FactFormat() {}

    static ObjectNode fact(Entry.Known known) {
        var fact = known.fact();
        var node = EntryFormat.JSON
                .createObjectNode()
                .put("tenant", known.scope().tenant())
                .put("namespace", known.scope().namespace())
                .put("id", fact.id());
        put(node, "user", fact.holder().user());
        put(node, "confined_to", fact.holder().conversation());
        node.put("subject", fact.triple().subject())
                .put("predicate", fact.triple().predicate())
                .put("object", fact.triple().object());
        put(node, "datatype", fact.datatype());
        node.put("recorded_at", fact.recordedAt().toString())
                .put("valid_from", fact.validFrom().toString());
        put(node, "valid_to", fact.validTo() == null ? null : fact.validTo().toString());
        put(node, "supersedes", fact.supersedes());
        put(node, "superseded_by", fact.supersededBy());
        if (!fact.earlier().isEmpty()) {
            var earlier = node.putArray("earlier");
            for (Span span : fact.earlier()) {
                earlier.addObject()
                        .put("from", span.from().toString())
                        .put("to", span.to().toString());
            }
        }
        var sources = node.putArray("sources");
        fact.sources().forEach(source -> sources.add(source(source)));
        return node;
    }

    private static ObjectNode source(Source source) {
        var node = EntryFormat.JSON.createObjectNode().put("origin", ConversationFormat.word(source.origin()));
        put(node, "document", source.document());
        put(node, "conversation", source.conversation());
        var anchor = source.anchor();
        if (anchor != null) {
            var at = node.putObject("anchor");
            put(at, "doc_id", anchor.docId());
            if (anchor.page() != null) {
                at.put("page", anchor.page());
            }
            put(at, "region_id", anchor.regionId());
            put(at, "path_line", anchor.pathLine());
        }
        return node.put("confidence", source.confidence())
                .put("observed_at", source.observedAt().toString());
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    static Entry.Known fact(FieldsOf fields) {
        var fact = new Fact(
                fields.text("id"),
                new Holder(fields.textOrNull("user"), fields.textOrNull("confined_to")),
                new Triple(fields.text("subject"), fields.text("predicate"), fields.text("object")),
                fields.textOrNull("datatype"),
                fields.each("sources", FactFormat::source),
                fields.instant("recorded_at"),
                fields.instant("valid_from"),
                fields.instantOrNull("valid_to"),
                fields.each("earlier", each -> new Span(each.instant("from"), each.instant("to"))),
                fields.textOrNull("supersedes"),
                fields.textOrNull("superseded_by"));
        return new Entry.Known(new Scope(fields.text("tenant"), fields.text("namespace")), fact);
    }

    private static Source source(FieldsOf fields) {
        var at = fields.objectOrNull("anchor");
        return new Source(
                fields.word("origin", word -> ConversationFormat.of(Origin.values(), word)),
                fields.textOrNull("document"),
                at == null ? null : anchor(at),
                fields.textOrNull("conversation"),
                fields.real("confidence"),
                fields.instant("observed_at"));
    }

    private static SourceAnchor anchor(FieldsOf fields) {
        Long page = fields.numberOrNull("page");
        return new SourceAnchor(
                fields.textOrNull("doc_id"),
                page == null ? null : Integer.valueOf(Math.toIntExact(page)),
                fields.textOrNull("region_id"),
                fields.textOrNull("path_line"));
    }
}
