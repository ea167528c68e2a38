package io.perpetua.bootstrap.prices;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.bootstrap.prices.RateCard.Rate;
import io.perpetua.domain.usage.Price;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code model_prices_and_context_window.json}: one object whose fields are models, in US dollars per token.
 * Models of other modes than chat, and prices of batches and of other service tiers, are left aside. Immutable.
 */
final class LiteLlmPrices implements PriceList {

    /** Our names of the providers that they call otherwise or the same. */
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            entry("openai", "openai"),
            entry("anthropic", "anthropic"),
            entry("gemini", "gemini"),
            entry("mistral", "mistral"),
            entry("deepseek", "deepseek"),
            entry("xai", "xai"),
            entry("moonshot", "moonshot"),
            entry("perplexity", "perplexity"),
            entry("groq", "groq"),
            entry("cerebras", "cerebras"),
            entry("together_ai", "together"),
            entry("openrouter", "openrouter"));

    private static final Map<String, Rate> FIELDS = Map.of(
            "input_cost_per_token", Rate.INPUT,
            "cache_read_input_token_cost", Rate.CACHED_INPUT,
            "cache_creation_input_token_cost", Rate.CACHE_WRITE,
            "output_cost_per_token", Rate.OUTPUT);

    private static final Pattern TIER = Pattern.compile("(.+)_above_(\\d{1,6})k_tokens");

    private final Map<String, Listing> listings = new HashMap<>();
    private int skipped;

    private LiteLlmPrices() {}

    /** Whether {@code root} looks like such a list. */
    static boolean isSuch(JsonNode root) {
        return root.isObject() && root.valueStream().anyMatch(row -> row.has("litellm_provider"));
    }

    static LiteLlmPrices read(JsonNode root) {
        var prices = new LiteLlmPrices();
        root.forEachEntry(prices::add);
        return prices;
    }

    @Override
    public @Nullable Listing find(String provider, String model) {
        return listings.get(provider + "/" + model);
    }

    @Override
    public int models() {
        return listings.size();
    }

    @Override
    public int skipped() {
        return skipped;
    }

    private void add(String key, JsonNode row) {
        String theirs = row.path("litellm_provider").asText();
        String provider = PROVIDERS.get(theirs);
        if (provider == null || !row.path("mode").asText().equals("chat")) {
            return;
        }
        String model = key.startsWith(theirs + "/") ? key.substring(theirs.length() + 1) : key;
        try {
            listings.put(
                    provider + "/" + model,
                    new Listing(Row.tokens(row, "max_input_tokens"), price(provider, model, row)));
        } catch (IllegalArgumentException e) {
            skipped++;
        }
    }

    private static @Nullable Price price(String provider, String model, JsonNode row) {
        var card = new RateCard();
        row.fieldNames().forEachRemaining(field -> {
            var tier = TIER.matcher(field);
            int above = tier.matches() ? Integer.parseInt(tier.group(2)) * 1_000 : 0;
            Rate rate = FIELDS.get(above > 0 ? tier.group(1) : field);
            if (rate != null) {
                Row.state(card, above, rate, Row.number(row, field), 1);
            }
        });
        return isChargedOtherwise(provider, row) ? null : Row.price(card, model);
    }

    /** Whether a call costs more than its tokens at these rates: a price without the rest would be too low. */
    private static boolean isChargedOtherwise(String provider, JsonNode row) {
        // Others charge for a search only where one is asked for; theirs search at every call.
        boolean searches = provider.equals("perplexity") && row.has("search_context_cost_per_query");
        return searches
                || Row.charges(row, "input_cost_per_request")
                || Row.differs(row, "output_cost_per_reasoning_token", "output_cost_per_token");
    }
}
