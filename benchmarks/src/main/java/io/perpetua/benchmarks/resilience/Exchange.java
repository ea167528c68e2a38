package io.perpetua.benchmarks.resilience;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** One HTTP/1.1 exchange on a connection of its own, which can be closed at any moment. */
final class Exchange implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private int status;
    private boolean chunked;
    /** Bytes left of the body, or of the chunk that is being read. */
    private long left;

    private boolean ended;

    /**
     * Sends a request.
     *
     * @param patience how long nothing may come
     * @param body JSON
     */
    Exchange(URI url, Duration patience, String body) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + bytes.length
                + "\r\n\r\n";
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    /** Reads the head of the response. Returns its status. */
    int status() throws IOException {
        status = Integer.parseInt(line().split(" ", 3)[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            if (lower.startsWith("content-length:")) {
                left = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
        }
        ended = !chunked && left == 0;
        return status;
    }

    /**
     * The next byte of the body, -1 at its end.
     *
     * @throws EOFException when the connection ended before the body
     */
    int read() throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int next = byteOf();
        if (--left == 0) {
            if (chunked) {
                line(); // the end of the chunk
            } else {
                ended = true;
            }
        }
        return next;
    }

    private void nextChunk() throws IOException {
        left = Long.parseLong(line().strip(), 16);
        if (left == 0) {
            ended = true;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = byteOf(); next != '\n'; next = byteOf()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private int byteOf() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the connection ended before the response");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
