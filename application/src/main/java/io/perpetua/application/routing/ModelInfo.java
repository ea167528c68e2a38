package io.perpetua.application.routing;

import io.perpetua.domain.usage.Price;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is offered.
 *
 * @param provider who serves it
 * @param name the provider's own name of it
 * @param contextWindow most tokens of prompt and answer together
 * @param price what it costs, null when that is not known
 */
public record ModelInfo(
        String provider,
        String name,
        int contextWindow,
        @Nullable Price price) {

    /** The window that a model is credited with when nothing is known about it. */
    public static final int UNKNOWN_WINDOW = 128_000;

    /** A model of which nothing is known but its name. */
    public static ModelInfo unlisted(String provider, String name) {
        return new ModelInfo(provider, name, UNKNOWN_WINDOW, null);
    }

    /** The name under which it is asked for: {@code provider/model}. */
    public String id() {
        return provider + "/" + name;
    }
}
