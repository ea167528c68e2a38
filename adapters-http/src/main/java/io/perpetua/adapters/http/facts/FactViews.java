package io.perpetua.adapters.http.facts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.facts.FactSearch.Match;
import io.perpetua.application.facts.QueryFacts.Answer;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Superseding.Kind;
import io.perpetua.domain.facts.Superseding.Telling;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Facts as the wire shows them. */
public final class FactViews {

    private FactViews() {}

    static ObjectNode of(Telling telling) {
        var fact = telling.fact();
        return Json.object()
                .put("fact_id", fact.id())
                .put("hash", fact.triple().hash())
                .put("duplicate", telling.kind() != Kind.NEW)
                .put("corroborated", telling.kind() == Kind.CORROBORATED)
                .put("reinstated", telling.kind() == Kind.REINSTATED)
                .put("confidence", fact.confidence())
                .put("superseded", telling.superseded());
    }

    static ObjectNode of(Answer answer) {
        var json = Json.object();
        var facts = json.putArray("facts");
        for (int i = 0; i < answer.facts().size(); i++) {
            var fact = of(answer.facts().get(i));
            facts.add(
                    answer.matches().isEmpty()
                            ? fact
                            : with(fact, answer.matches().get(i)));
        }
        json.put("total", answer.total()).put("next_cursor", answer.next());
        if (answer.pending() > 0) {
            json.put("vectors_pending", answer.pending());
        }
        if (!answer.degraded().isEmpty()) {
            answer.degraded().forEach(json.putArray("degraded")::add);
        }
        return json;
    }

    private static ObjectNode with(ObjectNode fact, Match match) {
        return fact.put("score", match.score())
                .put("semantic", match.semantic())
                .put("lexical", match.lexical());
    }

    /** A fact with its sources; the first one's provenance stands beside it as it was told. */
    public static ObjectNode of(Fact fact) {
        var triple = fact.triple();
        var first = fact.sources().getFirst();
        var json = Json.object()
                .put("fact_id", fact.id())
                .put("subject", triple.subject())
                .put("predicate", triple.predicate())
                .put("object", triple.object())
                .put("datatype", fact.datatype())
                .put("confidence", fact.confidence())
                .put("hash", triple.hash())
                .put("user", fact.holder().user())
                .put("recorded_at", fact.recordedAt().toString())
                .put("valid_from", fact.validFrom().toString())
                .put("valid_to", text(fact.validTo()))
                .put("supersedes", fact.supersedes())
                .put("superseded_by", fact.supersededBy());
        provenance(json, first).put("observed_at", fact.observedAt().toString());
        var sources = json.putArray("sources");
        for (Source each : fact.sources()) {
            provenance(sources.addObject(), each)
                    .put("origin", each.origin().name().toLowerCase(Locale.ROOT))
                    .put("confidence", each.confidence())
                    .put("observed_at", each.observedAt().toString());
        }
        return json;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static ObjectNode provenance(ObjectNode json, Source source) {
        json.put("source_doc", source.document());
        json.set("source_anchor", source.anchor() == null ? json.nullNode() : of(source.anchor()));
        return json.put("conversation_id", source.conversation());
    }

    private static ObjectNode of(SourceAnchor anchor) {
        var json = Json.object();
        if (anchor.docId() != null) {
            json.put("doc_id", anchor.docId());
        }
        if (anchor.page() != null) {
            json.put("page", anchor.page());
        }
        if (anchor.regionId() != null) {
            json.put("region_id", anchor.regionId());
        }
        if (anchor.pathLine() != null) {
            json.put("path_line", anchor.pathLine());
        }
        return json;
    }
}
