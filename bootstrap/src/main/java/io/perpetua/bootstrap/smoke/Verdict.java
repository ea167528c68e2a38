package io.perpetua.bootstrap.smoke;

import java.time.Duration;
import java.util.Locale;

/**
 * What came of one check.
 *
 * @param detail what is wrong, or worth knowing
 */
record Verdict(String name, Mark mark, String detail, Duration took) {

    enum Mark {
        PASSED,
        FAILED,
        SKIPPED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
