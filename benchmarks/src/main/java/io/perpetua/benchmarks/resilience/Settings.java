package io.perpetua.benchmarks.resilience;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server is configured with, besides its providers. */
final class Settings {

    /** How long a provider may take to say a first word. */
    static final Duration FIRST_TOKEN = Duration.ofSeconds(1);
    /** How long a stream may stall. */
    static final Duration BETWEEN_TOKENS = Duration.ofSeconds(1);
    /** How long a circuit stays open, where that is not to be waited for. */
    static final Duration SHORTLY_OPEN = Duration.ofSeconds(1);

    private static final Duration RETRY_DELAY = Duration.ofMillis(10);

    private Settings() {}

    /**
     * Impatient settings: a run is to measure what is done about failures, and not to wait for them.
     *
     * @param ladder the providers by preference
     * @param open how long a circuit stays open
     */
    static Map<String, Object> of(List<String> ladder, Duration open) {
        return of(ladder, open, FIRST_TOKEN, BETWEEN_TOKENS);
    }

    /** The same with time to think, which the client's going away is to cut short and nothing else. */
    static Map<String, Object> patient(List<String> ladder) {
        return of(ladder, SHORTLY_OPEN, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    /** The server's own settings. */
    static Map<String, Object> usual(List<String> ladder) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("cache", Map.of("enabled", false));
        settings.put(
                "ladders",
                Map.of(
                        "default",
                        ladder.stream()
                                .map(name -> name + "/" + ChaosUpstream.MODEL)
                                .toList()));
        return settings;
    }

    private static Map<String, Object> of(
            List<String> ladder, Duration open, Duration firstToken, Duration betweenTokens) {
        var settings = usual(ladder);
        var timeouts = new LinkedHashMap<String, Object>();
        timeouts.put("connect", text(FIRST_TOKEN));
        timeouts.put("first_token", text(firstToken));
        timeouts.put("between_tokens", text(betweenTokens));
        timeouts.put("rung", text(firstToken.multipliedBy(2)));
        timeouts.put("total", text(firstToken.multipliedBy(20)));
        settings.put("timeouts", timeouts);
        settings.put("circuits", Map.of("open", text(open)));
        settings.put("retries", Map.of("delay", text(RETRY_DELAY)));
        return settings;
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
