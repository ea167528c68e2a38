package io.perpetua.adapters.redis;

import io.perpetua.domain.mode.Mode;
import java.time.Duration;
import java.time.Instant;

/**
 * What the ledger says of a conversation, in about eight bytes.
 *
 * @param turns how many it has
 * @param tokens what they cost together
 * @param mode the mode it is in
 * @param hour when something was added to it last, in hours since the start of 2025
 */
record LedgerEntry(int turns, long tokens, Mode mode, int hour) {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final int MODES = 4;
    private static final int BYTES_OF_HOUR = 3;

    /** The hour that {@code at} is in, 0 before they began. */
    static int hour(Instant at) {
        return (int) Math.max(0, Duration.between(START, at).toHours());
    }

    byte[] packed() {
        return new Packer()
                .fixed((long) hour * MODES + code(mode), BYTES_OF_HOUR)
                .number(turns)
                .number(tokens)
                .packed();
    }

    static LedgerEntry of(byte[] packed) {
        var in = new Unpacker(packed, 0);
        int first = (int) in.fixed(BYTES_OF_HOUR);
        return new LedgerEntry(in.smallNumber(), in.number(), mode(first % MODES), first / MODES);
    }

    private static int code(Mode mode) {
        return switch (mode) {
            case FULL -> 0;
            case BALANCED -> 1;
            case SAFE -> 2;
        };
    }

    private static Mode mode(int code) {
        return switch (code) {
            case 0 -> Mode.FULL;
            case 1 -> Mode.BALANCED;
            case 2 -> Mode.SAFE;
            default -> throw new IllegalArgumentException("no mode has the code " + code);
        };
    }
}
