package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.anthropic.ClaudeModel;
import io.perpetua.adapters.llm.anthropic.ClaudeModel.Thinking;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.Quote;
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

    private static final Set<String> OTHER_THAN_NUMBERS = Set.of("name", "tiers");

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
     * @param mistakes is told where it has no name, fields that are not known, or numbers that are none
     * @return null where anything is wrong
     */
    static @Nullable ModelInfo configured(String provider, String key, Map<?, ?> fields, Mistakes mistakes) {
        var faults = new ArrayList<String>();
        var row = fields(fields, "a model", CONFIGURABLE, faults);
        Object name = row.get("name");
        String label = name == null ? "" : name + ": ";
        if (name == null || name.toString().isBlank()) {
            faults.add("a model needs a name");
        }
        if (number(row, "window", 1) < 1) {
            faults.add("window: expected tokens from 1, found " + Quote.of(row.getOrDefault("window", "")));
        }
        row.computeIfPresent("tiers", (field, tiers) -> tiers(tiers, faults));
        if (faults.isEmpty()) {
            try {
                return model(provider, row);
            } catch (IllegalArgumentException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        faults.forEach(fault -> mistakes.add(key, label + fault));
        return null;
    }

    private static List<?> tiers(Object tiers, List<String> faults) {
        var rows = maps(tiers);
        if (rows.isEmpty()) {
            faults.add("tiers are a list of prices, such as {above: 200000, input: 2.5, output: 15}");
        }
        return rows.stream()
                .map(tier -> fields(tier, "a tier", OF_A_TIER, faults))
                .toList();
    }

    private static Map<String, Object> fields(Map<?, ?> row, String what, Set<String> known, List<String> faults) {
        var fields = new HashMap<String, Object>();
        row.forEach((name, value) -> {
            String field = name.toString().replace('_', '-');
            if (!known.contains(field)) {
                faults.add(what + " has no " + field.replace('-', '_'));
            } else if (!OTHER_THAN_NUMBERS.contains(field) && !(value instanceof Number)) {
                faults.add(field.replace('-', '_') + ": expected a number, found " + Quote.of(value));
            } else {
                fields.put(field, value);
            }
        });
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
