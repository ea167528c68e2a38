package io.perpetua.bootstrap.prices;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenaiPricesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 13);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"equals": "gpt-x"} | GPT-X | true
            {"equals": "gpt-x"} | gpt-x-mini | false
            {"starts_with": "gpt-x"} | gpt-x-mini | true
            {"ends_with": "-mini"} | gpt-x-mini | true
            {"ends_with": "-mini"} | gpt-x-mini-2 | false
            {"contains": "x-m"} | gpt-x-mini | true
            {"regex": "^gpt-x-\\\\d{4}$"} | gpt-x-2026 | true
            {"regex": "^gpt-x-\\\\d{4}$"} | gpt-x-20261 | false
            {"or": [{"equals": "a"}, {"equals": "b"}]} | b | true
            {"or": [{"equals": "a"}, {"equals": "b"}]} | c | false
            {"and": [{"starts_with": "gpt"}, {"contains": "mini"}]} | gpt-mini | true
            {"and": [{"starts_with": "gpt"}, {"contains": "mini"}]} | gpt-x | false
            """)
    void find_byItsRule_orNot(String match, String name, boolean found) {
        var prices =
                read("\"id\": \"m\", \"match\": " + match + ", \"prices\": {\"input_mtok\": 1, \"output_mtok\": 2}");
        assertThat(prices.find("openai", name) != null).isEqualTo(found);
    }

    @Test
    void find_idItself_isPreferredToAnEarlierRule() {
        var prices = read("""
                "id": "gpt", "match": {"starts_with": "gpt"}, "prices": {"input_mtok": 1, "output_mtok": 2}},
                {"id": "gpt-mini", "match": {"equals": "gpt-mini"}, "prices": {"input_mtok": 0.1, "output_mtok": 0.2}
                """);
        assertThat(requireNonNull(prices.find("openai", "gpt-mini")).price()).isEqualTo(new Price(0.1, 0.1, 0.1, 0.2));
    }

    @Test
    void find_tiers_areTogetherThoughEachRateHasItsOwn() {
        assertThat(price("""
                {"input_mtok": {"base": 3, "tiers": [{"start": 200000, "price": 6}]},
                 "cache_write_mtok": {"base": 3.75, "tiers": [{"start": 200000, "price": 7.5}]},
                 "cache_read_mtok": 0.3, "output_mtok": {"base": 15, "tiers": [{"start": 400000, "price": 22.5}]}}
                """))
                .isEqualTo(new Price(
                        new Rates(3, 0.3, 3.75, 15),
                        List.of(
                                new Tier(200_000, new Rates(6, 0.3, 7.5, 15)),
                                new Tier(400_000, new Rates(6, 0.3, 7.5, 22.5)))));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-12, 2", "2026-03-13, 2", "2026-03-14, 1"})
    void find_datedPrices_theLastThatHasBegun(LocalDate start, double input) {
        assertThat(price("""
                [{"prices": {"input_mtok": 1, "output_mtok": 5}},
                 {"constraint": {"start_date": "%s"}, "prices": {"input_mtok": 2, "output_mtok": 5}}]
                """.formatted(start))).isEqualTo(new Price(input, input, input, 5));
    }

    @Test
    void find_priceByTheHour_isUnknownUnlessAFixedOneHasBegunSince() {
        String byTheHour = """
                {"prices": {"input_mtok": 1, "output_mtok": 5}},
                {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"},
                 "prices": {"input_mtok": 2, "output_mtok": 5}}""";
        String since = """
                , {"constraint": {"start_date": "2026-01-01"}, "prices": {"input_mtok": 3, "output_mtok": 5}}""";
        assertThat(price("[" + byTheHour + "]")).isNull();
        assertThat(price("[" + byTheHour + since + "]")).isEqualTo(new Price(3, 3, 3, 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {"input_mtok": 1}
            {"output_mtok": 1}
            {"input_mtok": 0, "output_mtok": 0}
            {"input_mtok": 1, "output_mtok": 1, "requests_kcount": 5}
            {"input_mtok": 1, "output_mtok": 2, "output_reasoning_mtok": 3}
            """)
    void find_zeroOrHalfOrNotAll_isNoPriceButAWindow(String prices) {
        assertThat(one(prices).find("openai", "m")).isEqualTo(new Listing(1_000, null));
    }

    @Test
    void find_markedAsFree_costsNothing() {
        var prices = readAll("""
                [{"id": "openrouter", "models": [{"id": "lab/small:free", "match": {"equals": "lab/small:free"}, "prices": {}}]}]
                """);
        assertThat(requireNonNull(prices.find("openrouter", "lab/small:free")).price())
                .isEqualTo(new Price(0, 0, 0, 0));
    }

    @Test
    void read_otherProvidersAreLeftAside_ourNamesAreUsed_badRowsCounted() {
        String good =
                "{\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"prices\": {\"input_mtok\": 1, \"output_mtok\": 2}}";
        var prices = readAll("""
                [{"id": "aws", "models": [%1$s]}, {"id": "google", "models": [%1$s]}, {"id": "moonshotai", "models": [%1$s]},
                 {"id": "x-ai", "models": [
                    {"id": "no-rule", "prices": {"input_mtok": 1, "output_mtok": 2}},
                    {"id": "odd-rule", "match": {"sounds_like": "m"}, "prices": {"input_mtok": 1, "output_mtok": 2}},
                    {"id": "bad-pattern", "match": {"regex": "("}, "prices": {"input_mtok": 1, "output_mtok": 2}},
                    {"id": "no-prices", "match": {"equals": "m"}},
                    {"id": "per-token", "match": {"equals": "m"}, "prices": {"input_mtok": 1e-06, "output_mtok": 2e-06}},
                    {"id": "bad-date", "match": {"equals": "m"},
                     "prices": [{"constraint": {"start_date": "soon"}, "prices": {"input_mtok": 1, "output_mtok": 2}}]},
                    {"id": "bad-tier", "match": {"equals": "m"},
                     "prices": {"input_mtok": {"base": 1, "tiers": [{"price": 2}]}, "output_mtok": 2}},
                    %1$s]}]
                """.formatted(good));
        assertThat(prices.models()).isEqualTo(3);
        assertThat(prices.skipped()).isEqualTo(7);
        for (String provider : List.of("gemini", "moonshot", "xai")) {
            assertThat(prices.find(provider, "m")).as(provider).isNotNull();
        }
        assertThat(prices.find("aws", "m")).isNull();
    }

    private static @Nullable Price price(String prices) {
        return requireNonNull(one(prices).find("openai", "m")).price();
    }

    /** A list of the one model {@code openai/m}. */
    private static GenaiPrices one(String prices) {
        return read("\"id\": \"m\", \"match\": {\"equals\": \"m\"}, \"context_window\": 1000, \"prices\": " + prices);
    }

    private static GenaiPrices read(String model) {
        return readAll("[{\"id\": \"openai\", \"models\": [{" + model + "}]}]");
    }

    private static GenaiPrices readAll(String json) {
        try {
            return GenaiPrices.read(new ObjectMapper().readTree(json), TODAY);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
