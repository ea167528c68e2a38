package io.perpetua.domain.usage;

import java.util.List;

/**
 * What a model's tokens cost. A long prompt may cost more: then there are tiers, and the whole call, answer included, is
 * paid at the rates of the highest one that its prompt exceeds, not only the tokens beyond. So bill those who publish
 * such prices: Google ("prompts > 200k tokens"), Anthropic and OpenAI ("for the full request"). Immutable.
 *
 * @param base the rates of a prompt that exceeds no tier
 * @param tiers what longer prompts cost, by rising length
 * @see <a href="https://ai.google.dev/gemini-api/docs/pricing">Gemini Developer API pricing</a>
 * @see <a href="https://developers.openai.com/api/docs/pricing">OpenAI API pricing</a>
 */
public record Price(Rates base, List<Tier> tiers) {

    private static final double MILLION = 1_000_000;

    /**
     * Dollars per million tokens, none negative.
     *
     * @param input a fresh prompt token
     * @param cachedInput a prompt token read from the provider's cache
     * @param cacheWrite a prompt token written to the cache
     * @param output a generated token
     */
    public record Rates(double input, double cachedInput, double cacheWrite, double output) {

        public Rates {
            if (!isPrice(input) || !isPrice(cachedInput) || !isPrice(cacheWrite) || !isPrice(output)) {
                throw new IllegalArgumentException("a price is a number, and not negative");
            }
        }

        private static boolean isPrice(double dollars) {
            return dollars >= 0 && Double.isFinite(dollars);
        }

        private double of(Usage usage) {
            int fresh = Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrite());
            return (fresh * input
                            + usage.cachedInput() * cachedInput
                            + usage.cacheWrite() * cacheWrite
                            + usage.output() * output)
                    / MILLION;
        }
    }

    /**
     * What calls with long prompts cost.
     *
     * @param above prompt tokens, at least 1: the rates are for prompts that have more, cached and written ones included
     */
    public record Tier(int above, Rates rates) {

        public Tier {
            if (above < 1) {
                throw new IllegalArgumentException("a tier above " + above + " tokens");
            }
        }
    }

    public Price {
        tiers = List.copyOf(tiers);
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).above() <= tiers.get(i - 1).above()) {
                throw new IllegalArgumentException("tiers are in the order of their lengths");
            }
        }
    }

    /** The most dollars that a call of so many tokens may cost: with nothing read from the cache, and all written or none. */
    public double most(int prompt, int output) {
        return Math.max(
                of(Usage.estimated(prompt, output)),
                of(new Usage(prompt, 0, prompt, output, 0, Usage.Source.ESTIMATED)));
    }

    /** The same rates for prompts of every length, in dollars per million tokens. */
    public Price(double input, double cachedInput, double cacheWrite, double output) {
        this(new Rates(input, cachedInput, cacheWrite, output), List.of());
    }

    /** Dollars for {@code usage}. Every token is paid once: cached and written ones are not fresh ones too. */
    public double of(Usage usage) {
        return rates(usage.input()).of(usage);
    }

    /** The rates of a call with {@code prompt} tokens of prompt. */
    public Rates rates(int prompt) {
        var rates = base;
        for (Tier tier : tiers) {
            if (prompt > tier.above()) {
                rates = tier.rates();
            }
        }
        return rates;
    }

    /** Dollars per million fresh prompt tokens of a short prompt. */
    public double input() {
        return base.input();
    }

    /** Dollars per million prompt tokens that are read from the provider's cache, of a short prompt. */
    public double cachedInput() {
        return base.cachedInput();
    }

    /** Dollars per million prompt tokens that are written to the cache, of a short prompt. */
    public double cacheWrite() {
        return base.cacheWrite();
    }

    /** Dollars per million generated tokens after a short prompt. */
    public double output() {
        return base.output();
    }
}
