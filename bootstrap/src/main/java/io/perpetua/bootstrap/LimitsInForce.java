package io.perpetua.bootstrap;

import io.perpetua.application.access.Limits;
import io.perpetua.bootstrap.configuration.Key;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.access.Rates;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The limits that hold for everyone for whom nothing else is said, as configured now. Safe for concurrent use. */
@Singleton
final class LimitsInForce implements ReloadedPart, Supplier<Limits> {

    private volatile Limits now;

    LimitsInForce(Settings start) {
        now = read(start);
    }

    @Override
    public Limits get() {
        return now;
    }

    @Override
    public Runnable read(Configuration changed) {
        var next = read(changed.settings());
        return () -> now = next;
    }

    static Limits read(Settings settings) {
        return new Limits(
                new Rates(
                        find(settings, Keys.KEY_REQUESTS_A_MINUTE),
                        find(settings, Keys.KEY_REQUESTS_A_DAY),
                        find(settings, Keys.KEY_TOKENS_A_MINUTE),
                        find(settings, Keys.KEY_TOKENS_A_DAY)),
                new Rates(
                        find(settings, Keys.USER_REQUESTS_A_MINUTE),
                        find(settings, Keys.USER_REQUESTS_A_DAY),
                        find(settings, Keys.USER_TOKENS_A_MINUTE),
                        find(settings, Keys.USER_TOKENS_A_DAY)),
                settings.get(Keys.LONGEST_ANSWER));
    }

    private static @Nullable Long find(Settings settings, Key<Integer> key) {
        Integer limit = settings.find(key);
        return limit == null ? null : Long.valueOf(limit);
    }
}
