package io.perpetua.bootstrap.prices;

import org.jspecify.annotations.Nullable;

/** A list that somebody keeps of models, as it was read. Immutable; safe for concurrent use. */
interface PriceList {

    /** What it says of {@code model}, by the provider's own name of it; null if nothing. */
    @Nullable
    Listing find(String provider, String model);

    /** How many models of our providers it knows. */
    int models();

    /** How many rows of our providers were left out because they cannot be understood. */
    int skipped();
}
