package io.perpetua.adapters.http.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.routing.Intent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A roll-up in JSON: each figure with the week before and the change from it, null where there is no such figure. */
public final class RollUpDocument {

    /** Digits after the point: a millionth of a cent. */
    private static final int DIGITS = 8;

    private RollUpDocument() {}

    /** The document. */
    public static ObjectNode of(RollUp rollUp) {
        var week = rollUp.week();
        var now = rollUp.figures();
        var before = rollUp.before();
        var json = Json.object()
                .put("week", week.name())
                .put("from", week.from().toString())
                .put("to", week.to().toString())
                .put("tenant", rollUp.tenant().equals(RollUp.ALL) ? null : rollUp.tenant());
        json.set("turns", change(now, before, figures -> (double) figures.turns()));
        json.set("answered", change(now, before, figures -> (double) figures.answered()));
        json.set("intents", counts(names(now.intents()), names(before.intents())));
        json.set("p50_ms", change(now, before, figures -> number(figures.p50Ms())));
        json.set("p95_ms", change(now, before, figures -> number(figures.p95Ms())));
        json.set("providers", providers(now, before));
        json.set("cost_usd", change(now, before, Figures::costUsd));
        json.set("cost_per_turn_usd", change(now, before, Figures::costPerTurnUsd));
        json.set("turns_of_unknown_price", change(now, before, figures -> (double) figures.unpriced()));
        json.set("cost_usd_by_tenant", changes(now.costByTenant(), before.costByTenant()));
        json.set("cache_hit_rate", change(now, before, Figures::cacheHitRate));
        json.set("fallback_rate", change(now, before, Figures::fallbackRate));
        json.set("fallback_reasons", counts(now.fallbackReasons(), before.fallbackReasons()));
        json.set("error_rate", change(now, before, Figures::errorRate));
        json.set("errors", counts(now.errors(), before.errors()));
        json.set("saved_tokens", change(now, before, figures -> (double) figures.savedTokens()));
        json.set("saved_usd", change(now, before, Figures::savedUsd));
        return json;
    }

    private static ObjectNode providers(Figures now, Figures before) {
        var json = Json.object();
        for (var each : new TreeMap<>(now.providers()).entrySet()) {
            var mine = each.getValue();
            var last = before.providers().get(each.getKey());
            var provider = json.putObject(each.getKey());
            provider.set("answered", change((double) mine.answered(), last == null ? 0.0 : last.answered()));
            provider.set("failures", change((double) mine.failures(), last == null ? 0.0 : last.failures()));
            provider.set("p95_ms", change(number(mine.p95Ms()), last == null ? null : number(last.p95Ms())));
            provider.set("cost_usd", change(mine.costUsd(), last == null ? 0.0 : last.costUsd()));
        }
        return json;
    }

    private static ObjectNode change(Figures now, Figures before, Function<Figures, @Nullable Double> figure) {
        return change(figure.apply(now), figure.apply(before));
    }

    private static ObjectNode change(@Nullable Double now, @Nullable Double before) {
        return Json.object()
                .put("value", decimal(now))
                .put("before", decimal(before))
                .put("change", now == null || before == null ? null : decimal(now - before));
    }

    private static ObjectNode changes(Map<String, Double> now, Map<String, Double> before) {
        var json = Json.object();
        var all = new TreeSet<>(now.keySet());
        all.addAll(before.keySet());
        all.forEach(name -> json.set(name, change(now.getOrDefault(name, 0.0), before.getOrDefault(name, 0.0))));
        return json;
    }

    private static ObjectNode counts(Map<String, Long> now, Map<String, Long> before) {
        return changes(doubles(now), doubles(before));
    }

    private static Map<String, Double> doubles(Map<String, Long> counts) {
        var doubles = new TreeMap<String, Double>();
        counts.forEach((name, count) -> doubles.put(name, count.doubleValue()));
        return doubles;
    }

    private static Map<String, Long> names(Map<Intent, Long> intents) {
        var names = new TreeMap<String, Long>();
        intents.forEach((intent, count) -> names.put(intent.wire(), count));
        return names;
    }

    private static @Nullable Double number(@Nullable Long value) {
        return value == null ? null : value.doubleValue();
    }

    private static @Nullable BigDecimal decimal(@Nullable Double value) {
        if (value == null) {
            return null;
        }
        var rounded =
                BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
