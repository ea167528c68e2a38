package io.perpetua.bootstrap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.prices.PriceFiles;
import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.Price.Rates;
import io.perpetua.domain.usage.Price.Tier;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ModelTableTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    private final ModelTable table = ModelTable.load(PriceFiles.NONE);

    @Test
    void of_modelsThatChargeMoreForLongPrompts_haveTiers() {
        assertThat(table.of("gemini", "gemini-2.5-pro").price())
                .isEqualTo(new Price(
                        new Rates(1.25, 0.125, 1.25, 10), List.of(new Tier(200_000, new Rates(2.5, 0.25, 2.5, 15)))));
        assertThat(requireNonNull(table.of("openai", "gpt-6-luna").price()).rates(272_001))
                .isEqualTo(new Rates(0.2, 0.02, 0.25, 0.75));
    }

    @Test
    void of_everyPrice_isPlausible() {
        for (String provider : KnownProvider.all().keySet()) {
            for (ModelInfo model : table.of(provider)) {
                assertThat(model.contextWindow()).as(model.id()).isBetween(4_096, 2_000_000);
                var price = model.price();
                if (price != null) {
                    assertThat(price.input()).as(model.id()).isBetween(0.01, 100.0);
                    assertThat(price.cachedInput()).as(model.id()).isPositive().isLessThanOrEqualTo(price.input());
                    assertThat(price.cacheWrite()).as(model.id()).isBetween(price.input(), 1.25 * price.input());
                    assertThat(price.output()).as(model.id()).isBetween(price.input(), 10 * price.input());
                    for (Tier tier : price.tiers()) {
                        assertThat(tier.above()).as(model.id()).isBetween(100_000, model.contextWindow());
                        assertThat(tier.rates().input()).as(model.id()).isCloseTo(2 * price.input(), ROUNDING);
                        assertThat(tier.rates().cachedInput())
                                .as(model.id())
                                .isCloseTo(2 * price.cachedInput(), ROUNDING);
                        assertThat(tier.rates().cacheWrite())
                                .as(model.id())
                                .isCloseTo(2 * price.cacheWrite(), ROUNDING);
                        assertThat(tier.rates().output()).as(model.id()).isCloseTo(1.5 * price.output(), ROUNDING);
                    }
                }
            }
        }
    }

    @Test
    void of_modelThatIsNotThere_hasNoPrice() {
        assertThat(table.of("openai", "gpt-4").price()).isNotNull();
        assertThat(table.of("openai", "gpt-99")).isEqualTo(ModelInfo.unlisted("openai", "gpt-99"));
    }
}
