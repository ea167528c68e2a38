package io.perpetua.bootstrap.prices;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.bootstrap.prices.RateCard.Rate;
import io.perpetua.domain.usage.Price;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the rows of every list are read. */
final class Row {

    private static final double MILLION = 1_000_000;

    /**
     * Dollars per million tokens beyond which a price must be of another unit. The dearest models cost some hundred, the
     * cheapest a cent, their cached tokens a fiftieth of that; a price per token taken for one per million is a millionth of
     * either.
     */
    private static final double MOST = 10_000;

    private static final double LEAST = 1e-5;

    private Row() {}

    /**
     * The number {@code field}; a text that is one counts.
     *
     * @return null where there is none
     * @throws IllegalArgumentException when it is something else
     */
    static @Nullable BigDecimal number(JsonNode row, String field) {
        JsonNode value = row.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() && !value.isTextual()) {
            throw new IllegalArgumentException(field + " is no number");
        }
        return new BigDecimal(value.asText().strip());
    }

    /** Whether {@code field} charges anything. */
    static boolean charges(JsonNode row, String field) {
        BigDecimal price = number(row, field);
        return price != null && price.signum() != 0;
    }

    /** Whether {@code field} charges anything, and not what {@code other} does. */
    static boolean differs(JsonNode row, String field, String other) {
        BigDecimal price = number(row, field);
        BigDecimal common = number(row, other);
        return charges(row, field) && price != null && common != null && price.compareTo(common) != 0;
    }

    /** The tokens of {@code field}, 0 where there are none or it is no number. */
    static int tokens(JsonNode row, String field) {
        return Math.max(0, row.path(field).asInt(0));
    }

    /**
     * Takes a rate down, in dollars for {@code unit} tokens. None and 0 say nothing: lists write 0 where they do not know a
     * price, or where a token is not charged apart.
     *
     * @throws IllegalArgumentException when it is no price
     */
    static void state(RateCard card, int above, Rate rate, @Nullable BigDecimal dollars, double unit) {
        if (dollars == null || dollars.signum() == 0) {
            return;
        }
        // Exact where it can be: 1.5e-07 of a token is 0.15 of a million, not 0.15 and a bit.
        double million = dollars.multiply(BigDecimal.valueOf(MILLION / unit)).doubleValue();
        if (million < LEAST || million > MOST) {
            throw new IllegalArgumentException(million + " dollars per million tokens");
        }
        card.state(above, rate, million);
    }

    /**
     * The price of {@code card}, null unless it says what a fresh and what a generated token costs; nothing at all for
     * {@code model} if it is marked as free and no price contradicts that.
     */
    static @Nullable Price price(RateCard card, String model) {
        if (card.states(Rate.INPUT) && card.states(Rate.OUTPUT)) {
            return card.price();
        }
        // So OpenRouter marks what it gives away.
        boolean free = model.endsWith(":free") && !card.states(Rate.INPUT) && !card.states(Rate.OUTPUT);
        return free ? new Price(0, 0, 0, 0) : null;
    }
}
