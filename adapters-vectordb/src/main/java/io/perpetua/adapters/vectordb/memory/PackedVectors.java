package io.perpetua.adapters.vectordb.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** Vectors as one value: of each its number of components in four bytes, then its components. */
public final class PackedVectors {

    private PackedVectors() {}

    public static BytesRef pack(List<Int8Vector> vectors) {
        int size = vectors.stream()
                .mapToInt(vector -> Integer.BYTES + vector.codes().length)
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        for (Int8Vector vector : vectors) {
            buffer.putInt(vector.codes().length).put(vector.codes());
        }
        return new BytesRef(buffer.array());
    }

    public static List<Int8Vector> unpack(BytesRef packed) {
        List<Int8Vector> vectors = new ArrayList<>(1);
        ByteBuffer buffer = ByteBuffer.wrap(packed.bytes, packed.offset, packed.length);
        while (buffer.hasRemaining()) {
            byte[] codes = new byte[buffer.getInt()];
            buffer.get(codes);
            vectors.add(new Int8Vector(codes));
        }
        return vectors;
    }
}
