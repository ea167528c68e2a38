package io.perpetua.adapters.http.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.perpetua.application.access.Quotas.Level;
import java.util.Comparator;
import java.util.List;

/** The headers that say how much of its limits a request's caller has left. */
public final class Usage {

    private static final String ATTRIBUTE = "perpetua.usage";
    private static final String LIMIT = "X-RateLimit-Limit";

    private Usage() {}

    /** Of all that was counted, the meter that has least left is told. */
    public static void note(HttpRequest<?> request, List<Level> levels) {
        levels.stream().min(Comparator.comparingLong(Level::left)).ifPresent(level -> note(request, level));
    }

    private static void note(HttpRequest<?> request, Level level) {
        var before = request.getAttribute(ATTRIBUTE, Level.class);
        if (before.isEmpty() || level.left() < before.get().left()) {
            request.setAttribute(ATTRIBUTE, level);
        }
    }

    static void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (!response.getHeaders().contains(LIMIT)) {
            request.getAttribute(ATTRIBUTE, Level.class).ifPresent(level -> write(level, response));
        }
    }

    /** Says how {@code level} stands; the time in whole seconds, upwards. */
    public static void write(Level level, MutableHttpResponse<?> response) {
        response.header(LIMIT, Long.toString(level.meter().most()))
                .header("X-RateLimit-Remaining", Long.toString(Math.max(0, level.left())))
                .header(
                        "X-RateLimit-Reset",
                        Long.toString(level.reset().plusMillis(999).toSeconds()));
    }
}
