package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.perpetua.adapters.llm.wire.JsonCompletionFormat;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.ReuseAnswers;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** The response cache, as configured. */
@Factory
final class Caching {

    /**
     * How much is kept.
     *
     * @param megabytes most that the kept answers may have together, in units of 1,048,576 bytes
     */
    @Singleton
    CacheLimits cacheLimits(
            @Value("${perpetua.cache.ttl:1h}") Duration ttl,
            @Value("${perpetua.cache.entries:10000}") int entries,
            @Value("${perpetua.cache.megabytes:64}") int megabytes) {
        try {
            return new CacheLimits(ttl, entries, megabytes * (1L << 20));
        } catch (IllegalArgumentException e) {
            throw new Complaint("perpetua.cache: " + e.getMessage() + ".");
        }
    }

    /** Nothing is given again where the cache is switched off. */
    @Singleton
    ReuseAnswers reuseAnswers(
            AnswerCache cache,
            InstantSource clock,
            CacheLimits limits,
            @Value("${perpetua.cache.enabled:true}") boolean enabled) {
        return new ReuseAnswers(enabled ? cache : null, new JsonCompletionFormat(), clock, limits);
    }
}
