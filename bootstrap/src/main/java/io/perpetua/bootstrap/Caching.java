package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.adapters.llm.wire.JsonCompletionFormat;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.cache.CacheLimits;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The response cache, as configured. */
@Factory
final class Caching {

    private static final long MEGABYTE = 1L << 20;

    @Singleton
    CacheLimits cacheLimits(Settings settings) {
        return new CacheLimits(
                settings.get(Keys.CACHE_TTL),
                settings.get(Keys.CACHE_ENTRIES),
                settings.get(Keys.CACHE_MEGABYTES) * MEGABYTE);
    }

    /** Nothing is given again where the cache is switched off. */
    @Singleton
    ReuseAnswers reuseAnswers(
            AnswerCache cache, InstantSource clock, CacheLimits limits, HoldLeases leases, Settings settings) {
        return new ReuseAnswers(
                settings.get(Keys.CACHE_ENABLED) ? cache : null,
                new JsonCompletionFormat(),
                clock,
                limits,
                leases,
                Thread::sleep);
    }
}
