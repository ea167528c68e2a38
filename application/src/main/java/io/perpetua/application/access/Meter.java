package io.perpetua.application.access;

import io.perpetua.domain.access.Rates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Counts one thing that one caller uses, such as the requests of a key in a minute.
 *
 * @param tenant whose caller it counts: a store that is spread out keeps a tenant's meters in one place
 * @param name whose it is and what it counts; a meter with another name, limit or window counts by itself
 * @param most that may be used in a window, 1 to {@link Rates#MOST}
 * @param window a minute begins with the first use after the one before has ended; a day is one of UTC
 */
public record Meter(String tenant, String name, long most, Window window) {

    /** How long a limit is for. */
    public enum Window {
        MINUTE(Duration.ofMinutes(1)),
        DAY(Duration.ofDays(1));

        private final Duration length;

        Window(Duration length) {
            this.length = length;
        }

        public Duration length() {
            return length;
        }

        /** When the window begins that is begun by a use {@code now}. */
        public Instant start(Instant now) {
            return this == DAY ? now.truncatedTo(ChronoUnit.DAYS) : now;
        }
    }

    public Meter {
        if (most < 1 || most > Rates.MOST) {
            throw new IllegalArgumentException("a limit of " + most);
        }
    }
}
