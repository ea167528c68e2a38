package io.perpetua.benchmarks.resilience;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 exchange on a connection of its own, which can be closed at any moment. */
public final class Exchange implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final Map<String, String> headers = new HashMap<>();
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
    public Exchange(URI url, Duration patience, String body) throws IOException {
        this(url, patience, Map.of(), body);
    }

    /** The same with more headers. */
    public Exchange(URI url, Duration patience, Map<String, String> more, String body) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) patience.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + bytes.length
                + "\r\n");
        more.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        var out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.flush();
    }

    /** Reads the head of the response. Returns its status. */
    public int status() throws IOException {
        status = Integer.parseInt(line().split(" ", 3)[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        chunked = header("transfer-encoding").equalsIgnoreCase("chunked");
        String length = header("content-length");
        left = length.isEmpty() ? 0 : Long.parseLong(length);
        ended = !chunked && left == 0;
        return status;
    }

    /** A header of the response by its name in small letters, empty where there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The next line of the body without its end, null after the last. */
    public @Nullable String nextLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** What is left of the body. */
    public byte[] rest() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int next = read(); next >= 0; next = read()) {
            body.write(next);
        }
        return body.toByteArray();
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
