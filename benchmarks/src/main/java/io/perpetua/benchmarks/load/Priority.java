package io.perpetua.benchmarks.load;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** How pressing a request is, the most pressing first. */
enum Priority {
    URGENT(10),
    NORMAL(60),
    BATCH(25),
    MAINTENANCE(5);

    private final int percent;

    Priority(int percent) {
        this.percent = percent;
    }

    /** One of them, as often as it comes. */
    static Priority any(RandomGenerator random) {
        int left = random.nextInt(100);
        for (Priority each : values()) {
            left -= each.percent;
            if (left < 0) {
                return each;
            }
        }
        throw new IllegalStateException("they are not 100 %");
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
