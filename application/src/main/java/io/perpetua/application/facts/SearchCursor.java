package io.perpetua.application.facts;

import io.perpetua.application.facts.Facts.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * How facts rank changes from one page to the next: vectors are finished, facts come and go, and with them the rarity of
 * words. So a cursor says nothing of ranks. It says which facts have been given, by 64 bits of each one's digest, and when
 * the first page was asked for, so that all pages are of the same facts.
 */
/**
 * Where a search is to go on.
 *
 * @param asOf as of when the first page was asked, null for facts of all times; to the microsecond
 * @param latest when the latest fact was kept that was there then
 * @param given digests of the facts that were given
 */
record SearchCursor(@Nullable Instant asOf, Instant latest, Set<Long> given) {

    private static final char MARK = 's';
    private static final String SEAM = ".";

    /** Some 31,000 years. */
    private static final long MOST_MICROS = 1_000_000_000_000_000_000L;

    SearchCursor {
        given = Set.copyOf(given);
    }

    /** The place in front of everything that was there. */
    Place beginning() {
        return new Place(latest.plus(1, ChronoUnit.MICROS), "");
    }

    boolean isGiven(String id) {
        return given.contains(digest(id));
    }

    SearchCursor after(List<String> page) {
        var all = new HashSet<>(given);
        page.forEach(id -> all.add(digest(id)));
        return new SearchCursor(asOf, latest, all);
    }

    private static long digest(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String wire() {
        var digests = ByteBuffer.allocate(given.size() * Long.BYTES);
        given.stream().sorted().forEach(digests::putLong);
        return MARK
                + (asOf == null ? "" : Long.toString(micros(asOf)))
                + SEAM
                + micros(latest)
                + SEAM
                + Base64.getUrlEncoder().withoutPadding().encodeToString(digests.array());
    }

    /**
     * The cursor that {@code wire} writes.
     *
     * @throws IllegalArgumentException where it writes none
     */
    static SearchCursor of(String wire) {
        String[] parts = wire.split("\\.", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[0].charAt(0) != MARK) {
            throw new IllegalArgumentException("no cursor of a search");
        }
        var digests = ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts[2]));
        var given = new HashSet<Long>();
        while (digests.remaining() >= Long.BYTES) {
            given.add(digests.getLong());
        }
        String asOf = parts[0].substring(1);
        return new SearchCursor(asOf.isEmpty() ? null : instant(asOf), instant(parts[1]), given);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant instant(String micros) {
        return Instant.EPOCH.plus(Math.clamp(Long.parseLong(micros), -MOST_MICROS, MOST_MICROS), ChronoUnit.MICROS);
    }
}
