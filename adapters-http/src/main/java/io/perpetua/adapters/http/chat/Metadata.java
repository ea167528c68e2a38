package io.perpetua.adapters.http.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.usage.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The account of a turn, {@code perpetual_metadata} on the wire. */
public final class Metadata {

    /** Its name on the wire. */
    public static final String FIELD = "perpetual_metadata";

    private Metadata() {}

    /** The JSON object {@code json} with the account added, all else to the letter. */
    static String splice(String json, TurnReport report) {
        // Whoever answered may be such a server itself: its account gives way to ours.
        String body = json.contains(FIELD) ? RawObject.of(json, "").without(Set.of(FIELD)) : json.strip();
        if (!body.startsWith("{") || !body.endsWith("}")) {
            throw new IllegalArgumentException("not a JSON object, " + body.length() + " characters long");
        }
        String members = body.substring(0, body.length() - 1).stripTrailing();
        return members + (members.length() == 1 ? "" : ",") + "\"" + FIELD + "\":" + Json.write(of(report)) + "}";
    }

    /** The account as JSON. */
    public static ObjectNode of(TurnReport report) {
        var json = Json.object();
        json.put("conversation_id", report.conversationId());
        if (report.forkedFrom() != null) {
            json.put("forked_from", report.forkedFrom());
        }
        json.put("turn", report.turn());
        json.put("mode_used", report.mode().wire());
        json.put("use_retrieval", report.useRetrieval());
        json.set("tokens", tokens(report.tokens()));
        json.set("anchors", anchors(report.anchors()));
        json.set("dropped", dropped(report.dropped()));
        json.put("intent", report.intent().wire());
        json.put("provider", report.provider());
        json.put("model", report.model());
        json.set("attempts", attempts(report.attempts()));
        json.put("fallback_used", report.fallbackUsed());
        json.put("cache_hit", report.cache() == CacheStatus.HIT);
        json.set("usage", report.usage() == null ? json.nullNode() : usage(report.usage()));
        json.put("cost_usd", report.costUsd() == null ? null : BigDecimal.valueOf(report.costUsd()));
        json.set("degraded", words(report.degraded()));
        json.put("queue_wait_ms", report.latencies().queueMs());
        json.put("retrieval_latency_ms", report.latencies().retrievalMs());
        json.put("generation_latency_ms", report.latencies().generationMs());
        json.put("total_latency_ms", report.latencies().totalMs());
        return json;
    }

    /** What a context cost. */
    public static ObjectNode tokens(TokenReport tokens) {
        var json = Json.object();
        json.put("full", tokens.full());
        json.put("sent", tokens.sent());
        json.put("saved", tokens.saved());
        json.put("budget", tokens.budget());
        var parts = json.putObject("parts");
        for (Part part : Part.values()) {
            parts.put(part.wire(), tokens.parts().getOrDefault(part, 0));
        }
        return json;
    }

    private static ArrayNode anchors(List<Anchor> anchors) {
        var json = Json.array();
        for (var each : anchors) {
            json.addObject()
                    .put("id", each.id())
                    .put("kind", each.kind())
                    .put("turn", each.detectedIn())
                    .put("subject", each.subject());
        }
        return json;
    }

    private static ArrayNode dropped(List<Dropped> dropped) {
        var json = Json.array();
        for (var each : dropped) {
            var entry = json.addObject();
            entry.put("part", each.part().wire());
            each.turns().forEach(entry.putArray("turns")::add);
            if (!each.anchors().isEmpty()) {
                each.anchors().forEach(entry.putArray("anchors")::add);
            }
            if (!each.facts().isEmpty()) {
                each.facts().forEach(entry.putArray("facts")::add);
            }
            if (!each.regions().isEmpty()) {
                each.regions().forEach(entry.putArray("regions")::add);
            }
            entry.put("reason", each.reason().wire());
        }
        return json;
    }

    private static ArrayNode attempts(List<Attempt> attempts) {
        var json = Json.array();
        for (var each : attempts) {
            json.addObject()
                    .put("provider", each.provider())
                    .put("model", each.model())
                    .put("outcome", each.outcome())
                    .put("latency_ms", each.latencyMs());
        }
        return json;
    }

    /** What an answer used. */
    public static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("input", usage.input())
                .put("cached_input", usage.cachedInput())
                .put("output", usage.output())
                .put("reasoning", usage.reasoning())
                .put("source", usage.source().name().toLowerCase(Locale.ROOT));
    }

    private static ArrayNode words(List<String> words) {
        var json = Json.array();
        words.forEach(json::add);
        return json;
    }
}
