package io.perpetua.bootstrap.prices;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.bootstrap.prices.RateCard.Rate;
import io.perpetua.domain.usage.Price;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code data.json} or {@code data_slim.json} of genai-prices: a list of providers and their models, which are known by
 * rules about their names, in US dollars per million tokens. Of dated prices the last one that has begun counts. A model
 * whose price hangs on the time of day has none here, and neither has one that charges for requests besides tokens,
 * or otherwise for reasoning than for the answer. Immutable.
 *
 * <p>A tier of theirs counts when the prompt is longer than its start, for all tokens.
 */
final class GenaiPrices implements PriceList {

    /** Our names of the providers that they call otherwise or the same. */
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            entry("openai", "openai"),
            entry("anthropic", "anthropic"),
            entry("google", "gemini"),
            entry("mistral", "mistral"),
            entry("deepseek", "deepseek"),
            entry("x-ai", "xai"),
            entry("moonshotai", "moonshot"),
            entry("perplexity", "perplexity"),
            entry("groq", "groq"),
            entry("cerebras", "cerebras"),
            entry("together", "together"),
            entry("openrouter", "openrouter"));

    private static final Map<String, Rate> FIELDS = Map.of(
            "input_mtok", Rate.INPUT,
            "cache_read_mtok", Rate.CACHED_INPUT,
            "cache_write_mtok", Rate.CACHE_WRITE,
            "output_mtok", Rate.OUTPUT);

    private static final double MILLION = 1_000_000;

    /** A model, and which names are its own. */
    private record Model(String id, Predicate<String> names, Listing listing) {}

    private final Map<String, List<Model>> providers = new HashMap<>();
    private final LocalDate today;
    private int skipped;

    private GenaiPrices(LocalDate today) {
        this.today = today;
    }

    /** Whether {@code root} looks like such a list. */
    static boolean isSuch(JsonNode root) {
        return root.isArray()
                && root.valueStream()
                        .anyMatch(provider ->
                                provider.has("id") && provider.path("models").isArray());
    }

    /**
     * Reads what is in force.
     *
     * @param today on which day
     */
    static GenaiPrices read(JsonNode root, LocalDate today) {
        var prices = new GenaiPrices(today);
        root.forEach(prices::add);
        return prices;
    }

    @Override
    public @Nullable Listing find(String provider, String model) {
        var models = providers.getOrDefault(provider, List.of());
        return models.stream()
                .filter(each -> each.id().equals(model))
                .findFirst()
                .or(() ->
                        models.stream().filter(each -> each.names().test(model)).findFirst())
                .map(Model::listing)
                .orElse(null);
    }

    @Override
    public int models() {
        return providers.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public int skipped() {
        return skipped;
    }

    private void add(JsonNode row) {
        String provider = PROVIDERS.get(row.path("id").asText());
        if (provider == null) {
            return;
        }
        var models = providers.computeIfAbsent(provider, name -> new ArrayList<>());
        for (JsonNode model : row.path("models")) {
            try {
                String id = model.path("id").asText();
                var listing = new Listing(Row.tokens(model, "context_window"), price(id, model.path("prices")));
                models.add(new Model(id, NameRule.of(model.path("match")), listing));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                skipped++;
            }
        }
    }

    private @Nullable Price price(String model, JsonNode prices) {
        JsonNode rates = prices.isArray() ? inForce(prices) : prices;
        if (rates == null) {
            return null;
        }
        if (!rates.isObject()) {
            throw new IllegalArgumentException("no prices");
        }
        if (rates.path("requests_kcount").asDouble() > 0 || hasOtherReasoning(rates)) {
            return null;
        }
        var card = new RateCard();
        FIELDS.forEach((field, rate) -> {
            JsonNode value = rates.path(field);
            Row.state(card, 0, rate, value.isObject() ? Row.number(value, "base") : Row.number(rates, field), MILLION);
            for (JsonNode tier : value.path("tiers")) {
                Row.state(card, start(tier), rate, Row.number(tier, "price"), MILLION);
            }
        });
        return Row.price(card, model);
    }

    private static boolean hasOtherReasoning(JsonNode rates) {
        JsonNode reasoning = rates.path("output_reasoning_mtok");
        return !reasoning.isMissingNode() && !reasoning.equals(rates.path("output_mtok"));
    }

    private static int start(JsonNode tier) {
        int start = Row.tokens(tier, "start");
        if (start == 0) {
            throw new IllegalArgumentException("a tier without a start");
        }
        return start;
    }

    /** Of prices with conditions the last one that is met; null if that depends on the hour. */
    private @Nullable JsonNode inForce(JsonNode prices) {
        for (int i = prices.size() - 1; i >= 0; i--) {
            JsonNode constraint = prices.get(i).path("constraint");
            if (constraint.has("start_time") || constraint.has("end_time")) {
                return null;
            }
            if (!constraint.has("start_date")
                    || !LocalDate.parse(constraint.path("start_date").asText()).isAfter(today)) {
                return prices.get(i).path("prices");
            }
        }
        return prices.path(0).path("prices");
    }
}
