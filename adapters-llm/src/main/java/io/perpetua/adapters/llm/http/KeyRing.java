package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ProviderFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one provider, taken in turn. A key that is refused, or has had its share for now, is set aside in favour of
 * the others; when all are, the one that comes back first is used all the same, for whether to ask at all is decided
 * elsewhere. Safe for concurrent use.
 */
final class KeyRing {

    /** How long a refused key rests: somebody has to do something about it. */
    static final Duration REFUSED = Duration.ofMinutes(30);
    /** How long a rate limit lasts when the provider does not say. */
    static final Duration LIMITED = Duration.ofSeconds(10);
    /** No limit is believed to last longer. */
    static final Duration LONGEST = Duration.ofDays(1);

    private final List<String> keys;
    private final InstantSource clock;
    private final Map<String, Instant> asideUntil = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private int next;

    KeyRing(List<String> keys, InstantSource clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    /**
     * The key for the next call.
     *
     * @param tried those that have failed this call
     * @return null when there is none, or no other worth trying
     */
    synchronized @Nullable String next(Set<String> tried) {
        var now = clock.instant();
        for (int i = 0; i < keys.size(); i++) {
            int place = (next + i) % keys.size();
            String key = keys.get(place);
            if (!tried.contains(key)
                    && !asideUntil.getOrDefault(key, Instant.MIN).isAfter(now)) {
                next = place + 1;
                return key;
            }
        }
        return tried.isEmpty() ? firstToComeBack() : null;
    }

    private @Nullable String firstToComeBack() {
        return keys.stream()
                .min(Comparator.comparing(key -> asideUntil.getOrDefault(key, Instant.MIN)))
                .orElse(null);
    }

    /** The call with {@code key} came to nothing. Returns whether that was the key's doing. */
    synchronized boolean failed(String key, ProviderFailure failure) {
        return switch (failure.kind()) {
            case REFUSED_KEY -> {
                refused.add(key);
                yield setAside(key, REFUSED);
            }
            case RATE_LIMITED -> {
                refused.remove(key);
                var wait = Objects.requireNonNullElse(failure.retryAfter(), LIMITED);
                yield setAside(key, wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
            }
            case UNAVAILABLE,
                    TIMEOUT,
                    BAD_REQUEST,
                    UNSUPPORTED,
                    UNKNOWN_MODEL,
                    CONTEXT_TOO_LONG,
                    MALFORMED,
                    TRUNCATED -> false;
        };
    }

    /** When a key comes back that is limited and not refused; null when all are refused, or none is set aside. */
    synchronized @Nullable Duration limitedFor() {
        var now = clock.instant();
        return keys.stream()
                .filter(key -> !refused.contains(key) && asideUntil.containsKey(key))
                .map(key -> Duration.between(now, asideUntil.getOrDefault(key, now)))
                .min(Comparator.naturalOrder())
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .orElse(null);
    }

    private boolean setAside(String key, Duration wait) {
        asideUntil.put(key, clock.instant().plus(wait));
        return true;
    }

    /** The call with {@code key} is being answered. */
    synchronized void worked(String key) {
        asideUntil.remove(key);
        refused.remove(key);
    }
}
