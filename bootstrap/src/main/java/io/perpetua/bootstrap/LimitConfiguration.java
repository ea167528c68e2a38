package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.application.access.Limits;
import io.perpetua.domain.access.Rates;
import org.jspecify.annotations.Nullable;

/** The section {@code perpetua.limits}: what is not said is not limited. */
final class LimitConfiguration {

    private static final String SECTION = "perpetua.limits";
    private static final String OF_A_USER = SECTION + ".user";

    private LimitConfiguration() {}

    static Limits read(Environment environment) {
        return Policies.section(
                SECTION,
                () -> new Limits(
                        rates(environment, SECTION),
                        rates(environment, OF_A_USER),
                        environment
                                .getProperty(SECTION + ".longest-answer", Integer.class)
                                .orElse(Limits.NONE.longestAnswer())));
    }

    private static Rates rates(Environment environment, String section) {
        return new Rates(
                limit(environment, section + ".requests-per-minute"),
                limit(environment, section + ".requests-per-day"),
                limit(environment, section + ".tokens-per-minute"),
                limit(environment, section + ".tokens-per-day"));
    }

    private static @Nullable Long limit(Environment environment, String key) {
        return environment.getProperty(key, Long.class).orElse(null);
    }
}
