package io.perpetua.adapters.http.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.chat.Metadata;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.domain.journal.JournalRow;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A row of the journal, as the wire shows it. */
final class RowView {

    private RowView() {}

    static ObjectNode of(JournalRow row) {
        var json = Json.object()
                .put("at", row.at().toString())
                .put("namespace", row.namespace())
                .put("conversation_id", row.conversation())
                .put("turn", row.turn())
                .put("stream", row.stream())
                .put("outcome", row.ending().wire())
                .put("error", row.error())
                .put("intent", row.intent().wire())
                .put("reason", row.reason())
                .put("mode_used", row.mode().wire())
                .put("provider", row.provider())
                .put("model", row.model());
        var attempts = json.putArray("attempts");
        row.attempts()
                .forEach(each -> attempts.addObject()
                        .put("provider", each.provider())
                        .put("model", each.model())
                        .put("outcome", each.outcome())
                        .put("latency_ms", each.latencyMs()));
        json.put("fallback_used", row.fallback()).put("cache_hit", row.cacheHit());
        json.set("tokens", Metadata.tokens(row.tokens()));
        json.set("usage", row.usage() == null ? json.nullNode() : Metadata.usage(row.usage()));
        return json.put("cost_usd", decimal(row.costUsd()))
                .put("saved_usd", decimal(row.savedUsd()))
                .put("finish_reason", row.finish())
                .put("truncated", row.truncated())
                .put("filtered", row.filtered())
                .put("queue_wait_ms", row.latencies().queue())
                .put("retrieval_latency_ms", row.latencies().retrieval())
                .put("generation_latency_ms", row.latencies().generation())
                .put("total_latency_ms", row.latencies().total())
                .set(
                        "degraded",
                        Json.array()
                                .addAll(row.degraded().stream()
                                        .map(Json.object()::textNode)
                                        .toList()));
    }

    private static @Nullable BigDecimal decimal(@Nullable Double dollars) {
        return dollars == null ? null : BigDecimal.valueOf(dollars);
    }
}
