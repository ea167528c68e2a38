package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes fields one after the other, in few bytes. {@link Unpacker} reads them. */
final class Packer {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The lowest {@code bytes} bytes of a number, the highest of them first. */
    Packer fixed(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    Packer bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A number from 0, in seven bits a byte. */
    Packer number(long value) {
        long left = value;
        while (left > 0x7f) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    /** A number that may be negative. */
    Packer signed(long value) {
        return number((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    Packer text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return number(bytes.length).bytes(bytes);
    }

    Packer orNull(@Nullable String text) {
        return text == null ? number(0) : number(1).text(text);
    }

    byte[] packed() {
        return out.toByteArray();
    }
}
