package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.http.HttpProvider;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.Offer;
import io.perpetua.bootstrap.ProviderConfiguration.Configured;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who answers, as configured, and what stands behind it.
 *
 * @param upstreams the providers that are on, by name, the preferred one first
 * @param summarizer who writes briefs, null where nobody is to be asked
 * @param extractor who finds facts, null where nobody is to be asked
 */
record Offering(
        Offer offer,
        Map<String, Upstream> upstreams,
        @Nullable Target summarizer,
        @Nullable Target extractor) {

    /** A provider that is on, with the connections to it. */
    record Upstream(Configured configured, HttpProvider provider) {}
}
