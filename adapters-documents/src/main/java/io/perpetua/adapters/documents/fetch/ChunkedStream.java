package io.perpetua.adapters.documents.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that comes in chunks, each with its length before it (RFC 9112, 7.1). */
final class ChunkedStream extends FilterInputStream {

    private static final int MOST_LINE = 1_024;
    private static final int MOST_TRAILER = 16_384;

    private long left;
    private boolean first = true;
    private boolean over;

    ChunkedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int at, int length) throws IOException {
        if (left == 0 && !over) {
            begin();
        }
        if (over) {
            return -1;
        }
        int read = in.read(bytes, at, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the body ended within a chunk");
        }
        left -= read;
        return read;
    }

    private void begin() throws IOException {
        if (!first && !line(MOST_LINE).isEmpty()) {
            throw new IOException("a chunk longer than it is said to be");
        }
        first = false;
        String size = line(MOST_LINE).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a chunk without a length");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            over = true;
            int[] most = {MOST_TRAILER};
            while (!Head.line(in, most).isEmpty()) {
                // what follows the last chunk is not needed
            }
        }
    }

    private String line(int most) throws IOException {
        return Head.line(in, new int[] {most});
    }
}
