package io.perpetua.adapters.redis;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Where the shared store is.
 *
 * @param url {@code redis://}, {@code rediss://} or {@code redis-sentinel://host:port,host:port#name}; nodes of a
 *     cluster may follow, separated by commas, and whether the first belongs to a cluster is found out by asking it
 * @param timeout how long an answer is waited for
 */
@ConfigurationProperties("perpetua.redis")
public record RedisSettings(
        @Bindable(defaultValue = "redis://localhost:6379") String url,
        @Bindable(defaultValue = "200ms") Duration timeout) {

    /** Without the address, in which there may be a password. */
    @Override
    public String toString() {
        return "RedisSettings[timeout=" + timeout + "]";
    }
}
