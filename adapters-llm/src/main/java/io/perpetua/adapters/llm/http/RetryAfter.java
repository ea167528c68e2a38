package io.perpetua.adapters.llm.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When to come back: {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3). */
final class RetryAfter {

    /** At most nine digits before the point: thirty years, and no overflow. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private static final int MILLIS_PER_SECOND = 1000;

    private RetryAfter() {}

    /** How long the headers ask to wait from {@code now} on, null when they do not say. */
    static @Nullable Duration of(HttpHeaders headers, Instant now) {
        String millis = headers.firstValue("retry-after-ms").orElse("").strip();
        if (NUMBER.matcher(millis).matches()) {
            return ofMillis(Double.parseDouble(millis));
        }
        String value = headers.firstValue("retry-after").orElse("").strip();
        if (NUMBER.matcher(value).matches()) {
            return ofMillis(Double.parseDouble(value) * MILLIS_PER_SECOND);
        }
        return value.isEmpty() ? null : untilDate(value, now);
    }

    private static Duration ofMillis(double millis) {
        return Duration.ofMillis((long) Math.ceil(millis));
    }

    private static @Nullable Duration untilDate(String value, Instant now) {
        try {
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            var wait = Duration.between(now, date.toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
