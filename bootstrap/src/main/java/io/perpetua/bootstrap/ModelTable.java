package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.anthropic.ClaudeModel;
import io.perpetua.adapters.llm.anthropic.ClaudeModel.Thinking;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.prices.PriceFiles;
import io.perpetua.bootstrap.prices.RateCard;
import io.perpetua.bootstrap.prices.RateCard.Rate;
import io.perpetua.domain.usage.Price;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known models of each provider: what the operator's price lists say of them, and else what {@code models.yml} does.
 * Immutable; safe for concurrent use.
 */
final class ModelTable {

    private static final int UNKNOWN_LARGEST_ANSWER = 8_192;
    private static final int UNKNOWN_CACHE_FROM = 1_024;

    private static final Set<String> CONFIGURABLE =
            Set.of("name", "window", "input", "cached-input", "cache-write", "output", "tiers");

    private static final Set<String> OF_A_TIER = Set.of("above", "input", "cached-input", "cache-write", "output");

    private final Map<String, Object> table;
    private final PriceFiles prices;

    private ModelTable(Map<String, Object> table, PriceFiles prices) {
        this.table = table;
        this.prices = prices;
    }

    /** The table with what {@code prices} say. */
    static ModelTable load(PriceFiles prices) {
        return new ModelTable(Resources.yaml("models.yml"), prices);
    }

    /** The models that {@code provider} is known to serve, the preferred one first. */
    List<ModelInfo> of(String provider) {
        return rows(provider).stream()
                .map(row -> prices.amend(model(provider, row)))
                .toList();
    }

    /** The model {@code name} of {@code provider}; one that nobody knows has a usual window and no price. */
    ModelInfo of(String provider, String name) {
        return prices.amend(rows(provider).stream()
                .filter(row -> name.equals(row.get("name")))
                .findFirst()
                .map(row -> model(provider, row))
                .orElseGet(() -> ModelInfo.unlisted(provider, name)));
    }

    /**
     * A model as a configuration file describes it.
     *
     * @param key the key under which it does
     * @throws Complaint when it has no name, a field that is not known, or a price that is none
     */
    static ModelInfo configured(String provider, String key, Map<?, ?> fields) {
        var row = fields(fields, key, "a model", CONFIGURABLE);
        if (!row.containsKey("name")) {
            throw new Complaint(key + ": a model needs a name.");
        }
        row.computeIfPresent("tiers", (name, tiers) -> tiers(tiers, key));
        try {
            return model(provider, row);
        } catch (IllegalArgumentException e) {
            throw new Complaint(key + ": " + row.get("name") + ": " + e.getMessage() + ".");
        }
    }

    private static List<?> tiers(Object tiers, String key) {
        var rows = maps(tiers);
        if (rows.isEmpty()) {
            throw new Complaint(key + ": tiers are a list of prices, such as {above: 200000, input: 2.5, output: 15}.");
        }
        return rows.stream().map(tier -> fields(tier, key, "a tier", OF_A_TIER)).toList();
    }

    private static Map<String, Object> fields(Map<?, ?> row, String key, String what, Set<String> known) {
        var fields = new HashMap<String, Object>();
        row.forEach((name, value) -> fields.put(name.toString().replace('_', '-'), value));
        for (String field : fields.keySet()) {
            if (!known.contains(field)) {
                throw new Complaint(key + ": " + what + " has no " + field.replace('-', '_') + ".");
            }
        }
        return fields;
    }

    /** What Anthropic's models take and refuse. */
    List<ClaudeModel> claudes() {
        return rows("anthropic").stream().map(ModelTable::claude).toList();
    }

    private List<Map<?, ?>> rows(String provider) {
        return table.get(provider) instanceof Map<?, ?> section ? maps(section.get("models")) : List.of();
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        if (!(list instanceof List<?> rows)) {
            return List.of();
        }
        var maps = new ArrayList<Map<?, ?>>();
        for (Object row : rows) {
            if (row instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }

    private static ModelInfo model(String provider, Map<?, ?> row) {
        return new ModelInfo(
                provider,
                String.valueOf(row.get("name")),
                (int) number(row, "window", ModelInfo.UNKNOWN_WINDOW),
                price(row));
    }

    private static ClaudeModel claude(Map<?, ?> row) {
        Object thinking = row.get("thinking");
        return new ClaudeModel(
                String.valueOf(row.get("name")),
                (int) number(row, "largest-answer", UNKNOWN_LARGEST_ANSWER),
                thinking == null
                        ? Thinking.NONE
                        : Thinking.valueOf(thinking.toString().toUpperCase(Locale.ROOT)),
                !Boolean.FALSE.equals(row.get("sampling")),
                !Boolean.FALSE.equals(row.get("structured")),
                (int) number(row, "cache-from", UNKNOWN_CACHE_FROM));
    }

    private static @Nullable Price price(Map<?, ?> row) {
        var card = new RateCard();
        state(card, 0, row);
        for (Map<?, ?> tier : maps(row.get("tiers"))) {
            int above = (int) number(tier, "above", 0);
            if (above < 1) {
                throw new IllegalArgumentException("a tier needs the prompt tokens above which it counts");
            }
            state(card, above, tier);
        }
        return card.price();
    }

    private static void state(RateCard card, int above, Map<?, ?> row) {
        for (Rate rate : Rate.values()) {
            String field = rate.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (row.get(field) instanceof Number dollars) {
                card.state(above, rate, dollars.doubleValue());
            }
        }
    }

    private static double number(Map<?, ?> row, String field, double absent) {
        return row.get(field) instanceof Number number ? number.doubleValue() : absent;
    }
}
