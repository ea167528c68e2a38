package io.perpetua.adapters.llm.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and mixes eight bytes at a time. */
final class Words {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** Bytes [from, from + length) of {@code text}, the first one lowest, zeros above; {@code length} 0 to 8. */
    static long read(byte[] text, int from, int length) {
        if (length > 0 && from + Long.BYTES <= text.length) {
            return (long) WORD.get(text, from) & (-1L >>> ((Long.BYTES - length) * Byte.SIZE));
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (text[from + i] & 0xFF);
        }
        return word;
    }

    /** Marks {@code word}, which holds at most seven bytes, with their number: unlike for unlike byte strings. */
    static long withLength(long word, int length) {
        return word | ((long) length << 56);
    }

    /** Spreads {@code word} over all 64 bits, the upper ones best. */
    static long mix(long word) {
        long h = word * 0x9E3779B97F4A7C15L;
        return (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
    }
}
