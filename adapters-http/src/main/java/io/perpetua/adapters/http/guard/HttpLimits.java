package io.perpetua.adapters.http.guard;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How much the server takes of its clients, and from where browsers may call it. */
@ConfigurationProperties("perpetua.http")
interface HttpLimits {

    /** The most connections at once. */
    @Bindable(defaultValue = "12000")
    int getConnections();

    /** How long a request may take from its first byte to its last. */
    @Bindable(defaultValue = "60s")
    Duration getRequestDeadline();

    /** How long a connection may be open without a request, or its client take nothing of an answer. */
    @Bindable(defaultValue = "5m")
    Duration getIdleTimeout();

    /** The most megabytes of bodies that are held at once; a sixteenth of the heap where nothing is said. */
    Optional<Integer> getBodyMegabytes();

    /** The origins whose pages may call the server from a browser, such as {@code https://app.example.org}. */
    @Bindable(defaultValue = "")
    List<String> getCorsOrigins();
}
