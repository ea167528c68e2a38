package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link Packer} has written, in the same order. */
final class Unpacker {

    private final byte[] packed;
    private int at;

    /** Reads {@code packed} from byte {@code at} on. */
    Unpacker(byte[] packed, int at) {
        this.packed = packed;
        this.at = at;
    }

    boolean hasMore() {
        return at < packed.length;
    }

    long fixed(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << Byte.SIZE) | (packed[at++] & 0xff);
        }
        return value;
    }

    byte[] bytes(int count) {
        at += count;
        return Arrays.copyOfRange(packed, at - count, at);
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = packed[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    int smallNumber() {
        return Math.toIntExact(number());
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = smallNumber();
        at += length;
        return new String(packed, at - length, length, UTF_8);
    }

    @Nullable
    String orNull() {
        return number() == 0 ? null : text();
    }
}
