package io.perpetua.adapters.documents.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of a length that is known, or one that ends with the connection. */
final class FixedStream extends FilterInputStream {

    private long left;

    /** @param length in bytes, -1 for all there is */
    FixedStream(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(bytes, at, left < 0 ? length : (int) Math.min(length, left));
        if (read < 0 && left > 0) {
            throw new EOFException("the body ended " + left + " bytes early");
        }
        left -= left > 0 ? read : 0;
        return read;
    }
}
