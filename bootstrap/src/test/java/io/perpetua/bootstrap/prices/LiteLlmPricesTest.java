package io.perpetua.bootstrap.prices;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteLlmPricesTest {

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-x, openai, gpt-x",
        "anthropic, claude-x, anthropic, claude-x",
        "gemini, gemini/gemini-x, gemini, gemini-x",
        "groq, groq/openai/gpt-oss-120b, groq, openai/gpt-oss-120b",
        "together_ai, together_ai/openai/gpt-oss-120b, together, openai/gpt-oss-120b",
        "openrouter, openrouter/openrouter/auto, openrouter, openrouter/auto",
    })
    void find_theirNameOfAModel_isOurs(String theirs, String key, String provider, String model) {
        var prices = read(
                "{\"%s\": {\"litellm_provider\": \"%s\", \"mode\": \"chat\", %s}}".formatted(key, theirs, ONE_TWO));
        assertThat(price(prices, provider, model)).isEqualTo(new Price(1, 1, 1, 2));
    }

    private static final String ONE_TWO = "\"input_cost_per_token\": 1e-06, \"output_cost_per_token\": 2e-06";

    @Test
    void find_tiersOfSeveralLengths_eachInheritsWhatItDoesNotSay() {
        assertThat(price("""
                "max_tokens": 64000, "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
                "cache_read_input_token_cost": 1.25e-07, "cache_creation_input_token_cost_above_1hr": 9e-06,
                "input_cost_per_token_above_200k_tokens": 2.5e-06, "output_cost_per_token_above_200k_tokens": 1.5e-05,
                "cache_read_input_token_cost_above_200k_tokens": 2.5e-07, "input_cost_per_token_above_200k_tokens_priority": 7e-06,
                "input_cost_per_token_above_128k_tokens": 2e-06, "input_cost_per_token_batches": 5e-07,
                "input_cost_per_token_flex": 5e-07
                """))
                .isEqualTo(new Price(
                        new Rates(1.25, 0.125, 1.25, 10),
                        List.of(
                                new Tier(128_000, new Rates(2, 0.125, 2, 10)),
                                new Tier(200_000, new Rates(2.5, 0.25, 2.5, 15)))));
    }

    @Test
    void find_cacheWritesAndTextsForNumbers_areRead() {
        assertThat(price("""
                "input_cost_per_token": "3e-06", "output_cost_per_token": "0.000015",
                "cache_read_input_token_cost": 3e-07, "cache_creation_input_token_cost": 3.75e-06
                """)).isEqualTo(new Price(3, 0.3, 3.75, 15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "input_cost_per_token": 0, "output_cost_per_token": 0
            "input_cost_per_token": 0, "output_cost_per_token": 2e-06
            "input_cost_per_token": 1e-06, "output_cost_per_token": 0.0
            "input_cost_per_token": 1e-06
            "output_cost_per_token": 1e-06
            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "output_cost_per_reasoning_token": 3e-06
            "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "input_cost_per_request": 0.005
            """)
    void find_zeroOrHalfOrNotAll_isNoPriceButAWindow(String rates) {
        var listing = requireNonNull(one(rates).find("openai", "m"));
        assertThat(listing).isEqualTo(new Listing(1_000, null));
        assertThat(one(rates).skipped()).isZero();
    }

    @Test
    void find_cachedTokenForNothing_costsWhatAFreshOneDoes() {
        assertThat(price(ONE_TWO + ", \"cache_read_input_token_cost\": 0.0")).isEqualTo(new Price(1, 1, 1, 2));
    }

    @Test
    void find_markedAsFree_costsNothing() {
        var prices = read("""
                {"openrouter/lab/small:free": {"litellm_provider": "openrouter", "mode": "chat",
                    "input_cost_per_token": 0, "output_cost_per_token": 0}}
                """);
        assertThat(price(prices, "openrouter", "lab/small:free")).isEqualTo(new Price(0, 0, 0, 0));
    }

    @Test
    void find_perplexitysModels_haveNoPriceSinceTheyChargeForTheSearch() {
        var prices = read("""
                {"perplexity/sonar": {"litellm_provider": "perplexity", "mode": "chat", %s,
                    "search_context_cost_per_query": {"search_context_size_low": 0.005}},
                 "gpt-x": {"litellm_provider": "openai", "mode": "chat", %s,
                    "search_context_cost_per_query": {"search_context_size_low": 0.03}}}
                """.formatted(ONE_TWO, ONE_TWO));
        assertThat(price(prices, "perplexity", "sonar")).isNull();
        assertThat(price(prices, "openai", "gpt-x")).isNotNull();
    }

    @Test
    void read_rowsOfOtherKinds_areLeftAsideAndBadOnesCounted() {
        var prices = read("""
                {"sample_spec": {"litellm_provider": "one of many", "mode": "one of: chat, embedding"},
                 "embedder": {"litellm_provider": "openai", "mode": "embedding", %1$s},
                 "gemini-x": {"litellm_provider": "vertex_ai-language-models", "mode": "chat", %1$s},
                 "perMillion": {"litellm_provider": "openai", "mode": "chat",
                    "input_cost_per_token": 2.5, "output_cost_per_token": 10},
                 "negative": {"litellm_provider": "openai", "mode": "chat",
                    "input_cost_per_token": -1e-06, "output_cost_per_token": 1e-06},
                 "words": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": "ask us"},
                 "list": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": [1]},
                 "good": {"litellm_provider": "openai", "mode": "chat", %1$s}}
                """.formatted(ONE_TWO));
        assertThat(prices.models()).isEqualTo(1);
        assertThat(prices.skipped()).isEqualTo(4);
        assertThat(prices.find("openai", "good")).isNotNull();
        assertThat(prices.find("openai", "embedder")).isNull();
        assertThat(prices.find("openai", "words")).isNull();
    }

    private static @Nullable Price price(String rates) {
        return price(one(rates), "openai", "m");
    }

    private static @Nullable Price price(PriceList prices, String provider, String model) {
        return requireNonNull(prices.find(provider, model)).price();
    }

    /** A list of the one model {@code openai/m}. */
    private static LiteLlmPrices one(String rates) {
        return read("{\"m\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", \"max_input_tokens\": 1000, "
                + rates + "}}");
    }

    private static LiteLlmPrices read(String json) {
        try {
            return LiteLlmPrices.read(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
