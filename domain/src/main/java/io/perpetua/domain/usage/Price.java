package io.perpetua.domain.usage;

/**
 * What a model's tokens cost, in US dollars per million.
 *
 * @param input a fresh prompt token
 * @param cachedInput a prompt token read from the provider's cache
 * @param cacheWrite a prompt token written to the cache
 * @param output a generated token
 */
public record Price(double input, double cachedInput, double cacheWrite, double output) {

    private static final double MILLION = 1_000_000;

    public Price {
        if (!(input >= 0 && cachedInput >= 0 && cacheWrite >= 0 && output >= 0)) {
            throw new IllegalArgumentException("a price is not negative");
        }
    }

    /** Dollars for {@code usage}. Every token is paid once: cached and written ones are not fresh ones too. */
    public double of(Usage usage) {
        int fresh = Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrite());
        return (fresh * input
                        + usage.cachedInput() * cachedInput
                        + usage.cacheWrite() * cacheWrite
                        + usage.output() * output)
                / MILLION;
    }
}
