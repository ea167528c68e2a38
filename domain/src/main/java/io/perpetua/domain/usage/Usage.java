package io.perpetua.domain.usage;

/**
 * Tokens of one provider call, brought to one shape.
 *
 * @param input every prompt token: fresh, read from the provider's cache, and written to it
 * @param cachedInput those of {@code input} that were read from the cache
 * @param cacheWrite those of {@code input} that were written to the cache
 * @param output every generated token, reasoning included
 * @param reasoning those of {@code output} that were spent on hidden reasoning
 * @param source who counted
 */
public record Usage(int input, int cachedInput, int cacheWrite, int output, int reasoning, Source source) {

    /** Who counted. */
    public enum Source {
        /** The provider. */
        PROVIDER,
        /** We, because the provider did not say. */
        ESTIMATED,
        /** Nobody had to: the answer was given before. */
        CACHE,
        /** Nobody had to: no model was asked. */
        LOCAL
    }

    /** Of an answer that was given before. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Source.CACHE);

    /** Of an answer that no model gave. */
    public static final Usage WITHOUT_A_MODEL = new Usage(0, 0, 0, 0, 0, Source.LOCAL);

    public Usage {
        if (input < 0 || cachedInput < 0 || cacheWrite < 0 || output < 0 || reasoning < 0) {
            throw new IllegalArgumentException("negative usage");
        }
    }

    /** What both used together; it is counted by us if either is. */
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cachedInput + other.cachedInput,
                cacheWrite + other.cacheWrite,
                output + other.output,
                reasoning + other.reasoning,
                source == Source.ESTIMATED ? source : other.source);
    }

    /** Our own count of a call whose provider reported none. */
    public static Usage estimated(int input, int output) {
        return new Usage(input, 0, 0, output, 0, Source.ESTIMATED);
    }
}
