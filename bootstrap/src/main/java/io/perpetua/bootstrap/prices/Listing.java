package io.perpetua.bootstrap.prices;

import io.perpetua.application.routing.ModelInfo;
import io.perpetua.domain.usage.Price;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of a model.
 *
 * @param window most tokens of a prompt, 0 where that is not said
 * @param price null where it is not known
 */
record Listing(int window, @Nullable Price price) {

    /** {@code model} with what is said here; the rest stays. */
    ModelInfo amend(ModelInfo model) {
        return new ModelInfo(
                model.provider(),
                model.name(),
                window > 0 ? window : model.contextWindow(),
                price == null ? model.price() : price);
    }
}
