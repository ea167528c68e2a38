package io.perpetua.application.access;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.ApiKey;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.KeyText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Use case: tell from a request's key who calls. Keys are remembered for a moment, so that most requests wait for no
 * store; for that long a revoked key is still good. While the store does not answer, what was known last holds, for a
 * limited time. Safe for concurrent use.
 */
public final class CheckKey {

    /** How long a key is good that was found good. */
    static final Duration FRESH = Duration.ofSeconds(1);
    /** How long it is when the store does not answer. */
    static final Duration STALE = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 10_000;

    /** Compared where there is no such key, so that an unknown id takes as long as a wrong secret. */
    private static final String NO_DIGEST = "0".repeat(64);

    private final ApiKeys keys;
    private final boolean required;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Remembered(@Nullable ApiKey key, Instant at) {}

    /**
     * Checks by {@code keys}.
     *
     * @param required whether whoever has no key is turned away
     */
    public CheckKey(ApiKeys keys, boolean required, InstantSource clock) {
        this.keys = keys;
        this.required = required;
        this.clock = clock;
    }

    /** Whether whoever has no key is turned away. */
    public boolean required() {
        return required;
    }

    /**
     * Who calls.
     *
     * @param token what the request gives for a key, null for nothing. Where none is required, what is no key of ours is as
     *     good as none, for many clients insist on sending something
     * @throws RequestRefused when the key is not good, or is missing
     * @throws StoreUnavailable when nobody can say
     */
    public Caller caller(@Nullable String token) {
        var text = token == null ? null : KeyText.parse(token);
        if (text == null) {
            if (!required && (token == null || !token.startsWith(KeyText.PREFIX))) {
                return Caller.LOCAL;
            }
            throw token == null
                    ? refused("missing_api_key", "an API key is required: send it as 'Authorization: Bearer KEY'")
                    : invalid();
        }
        var now = clock.instant();
        var key = find(text.id(), now);
        boolean matches = text.matches(key == null ? NO_DIGEST : key.digest());
        if (key == null || !matches || !key.good(now)) {
            throw invalid();
        }
        return Caller.of(key);
    }

    private @Nullable ApiKey find(String id, Instant now) {
        var known = remembered(id);
        if (known != null && !now.isBefore(known.at) && now.isBefore(known.at.plus(FRESH))) {
            return known.key;
        }
        try {
            var found = keys.find(id);
            remember(id, new Remembered(found, now));
            return found;
        } catch (StoreUnavailable e) {
            if (known != null && now.isBefore(known.at.plus(STALE))) {
                return known.key;
            }
            throw e;
        }
    }

    private @Nullable Remembered remembered(String id) {
        synchronized (remembered) {
            return remembered.get(id);
        }
    }

    private void remember(String id, Remembered found) {
        synchronized (remembered) {
            remembered.put(id, found);
        }
    }

    /** One answer for all that may be wrong with a key: which it is tells a thief more than its owner. */
    private static RequestRefused invalid() {
        return refused("invalid_api_key", "this API key is not known here, or is not good any more");
    }

    private static RequestRefused refused(String code, String message) {
        return new RequestRefused(Reason.UNAUTHENTICATED, code, null, message);
    }
}
