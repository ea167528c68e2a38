package io.perpetua.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import io.perpetua.domain.usage.Usage.Source;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {

    private static final Rates SHORT = new Rates(1, 0.1, 1.25, 10);
    private static final Rates LONG = new Rates(2, 0.2, 2.5, 15);
    private static final Rates LONGEST = new Rates(4, 0.4, 5, 30);
    private static final Price TIERED = new Price(SHORT, List.of(new Tier(200_000, LONG), new Tier(500_000, LONGEST)));

    @Test
    void of_freshCachedWrittenAndGenerated_eachAtItsOwnPrice() {
        var usage = new Usage(1_000_000, 600_000, 100_000, 500_000, 400_000, Source.PROVIDER);
        assertThat(new Price(1, 0.1, 1.25, 10).of(usage)).isEqualTo(0.3 + 0.06 + 0.125 + 5, within(1e-9));
    }

    @Test
    void of_providerThatLeavesCachedTokensOutOfTheInput_isNeverNegative() {
        assertThat(new Price(1, 0.1, 1.25, 10).of(new Usage(10, 100, 0, 0, 0, Source.PROVIDER)))
                .isEqualTo(10 / 1e6, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "200000, 10.2", "200001, 15.400002", "500000, 16", "500001, 32.000004", "1000000, 34"})
    void of_promptThatExceedsATier_paysTheWholeCallAtItsRates(int prompt, double dollars) {
        assertThat(TIERED.of(Usage.estimated(prompt, 1_000_000))).isEqualTo(dollars, within(1e-9));
    }

    @Test
    void of_cachedTokens_countForTheLengthOfThePrompt() {
        assertThat(TIERED.of(new Usage(200_001, 200_000, 0, 0, 0, Source.PROVIDER)))
                .isEqualTo((200_000 * 0.2 + 2) / 1e6, within(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void of_anyUsage_paysEveryTokenOnce(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            var rates = rates(random);
            var price = random.nextBoolean()
                    ? new Price(rates, List.of())
                    : new Price(rates, List.of(new Tier(1 + random.nextInt(300_000), rates(random))));
            int fresh = random.nextInt(200_000);
            int cached = random.nextInt(200_000);
            int written = random.nextInt(200_000);
            int output = random.nextInt(50_000);
            int input = fresh + cached + written;
            var usage = new Usage(input, cached, written, output, random.nextInt(output + 1), Source.PROVIDER);
            double dollars = price.of(usage);
            var paid = price.rates(input);

            assertThat(dollars)
                    .as("the sum of its parts: %s for %s", price, usage)
                    .isEqualTo(
                            fresh * (paid.input() / 1e6)
                                    + cached * (paid.cachedInput() / 1e6)
                                    + written * (paid.cacheWrite() / 1e6)
                                    + output * (paid.output() / 1e6),
                            within(1e-9));
            assertThat(price.of(new Usage(input, cached, 0, output, 0, Source.PROVIDER)))
                    .as("cached tokens that are cheaper make nothing dearer")
                    .isLessThanOrEqualTo(price.of(Usage.estimated(input, output)) + 1e-12);
            assertThat(price.of(new Usage(input, cached, written, output, output, Source.PROVIDER)))
                    .as("reasoning is paid with the output")
                    .isEqualTo(dollars);
        }
    }

    /** Rates at which a cached token costs no more than a fresh one. */
    private static Rates rates(SplittableRandom random) {
        double input = random.nextDouble(20);
        return new Rates(input, input * random.nextDouble(), random.nextDouble(25), random.nextDouble(100));
    }

    @Test
    void price_negativeOrNone_isRefused() {
        for (double price : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Price(1, price, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void tiers_outOfOrderOrOfNoLength_areRefused() {
        assertThatThrownBy(() -> new Price(SHORT, List.of(new Tier(2, LONG), new Tier(2, LONGEST))))
                .hasMessageContaining("order");
        assertThatThrownBy(() -> new Tier(0, LONG)).hasMessageContaining("0");
    }
}
