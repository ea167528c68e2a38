package io.perpetua.application.vision;

import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read of regions last: the least recently used goes first when there are too many, or too much text. Safe for
 * concurrent use.
 */
public final class DecodedCache {

    /** Most characters of all texts together, a few kilobytes an entry. */
    private static final long CHARACTERS_AN_ENTRY = 8_192;

    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final Duration ttl;
    private final LongSupplier nanos;
    private long characters;

    /**
     * A cache.
     *
     * @param most entries, 0 for none
     * @param ttl how long each is good for
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public DecodedCache(int most, Duration ttl, LongSupplier nanos) {
        this.most = most;
        this.ttl = ttl;
        this.nanos = nanos;
    }

    /** What was read, and how exactly that was wanted. */
    record Key(Scope scope, RegionId region, Fidelity fidelity) {}

    private record Entry(Decoded decoded, long until) {}

    synchronized @Nullable Decoded find(Key key) {
        Entry found = entries.get(key);
        if (found == null) {
            return null;
        }
        if (found.until - nanos.getAsLong() <= 0) {
            remove(key);
            return null;
        }
        return found.decoded;
    }

    synchronized void keep(Key key, Decoded decoded) {
        remove(key);
        entries.put(key, new Entry(decoded, nanos.getAsLong() + ttl.toNanos()));
        characters += decoded.text().length();
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > most || characters > most * CHARACTERS_AN_ENTRY) {
            characters -= oldest.next().decoded.text().length();
            oldest.remove();
        }
    }

    private void remove(Key key) {
        Entry gone = entries.remove(key);
        characters -= gone == null ? 0 : gone.decoded.text().length();
    }
}
