package io.perpetua.benchmarks.resilience;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** The provider's end of one HTTP/1.1 exchange, spelled out byte by byte. For one writer; {@link #end} is for anybody. */
public final class Wire {

    private static final int LARGEST_CUT = 600;

    private final Socket socket;
    private final OutputStream out;
    private final RandomGenerator random;
    private final AtomicBoolean over = new AtomicBoolean();

    /** The wire to whoever is at the other end of {@code socket}; {@code random} cuts what is sent. */
    public Wire(Socket socket, RandomGenerator random) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.random = random;
    }

    /** A response in one piece, which ends the exchange. */
    public void respond(String status, String contentType, String body, String... headers) throws IOException {
        over.set(true);
        write(head(status, contentType, "Content-Length: " + bytes(body).length, headers) + body);
    }

    /** Begins a response that announces so many bytes. */
    public void announce(String contentType, int length) throws IOException {
        write(head("200 OK", contentType, "Content-Length: " + length));
    }

    /** Begins a response that ends with its connection. */
    void announceUntilClosed(String contentType) throws IOException {
        write(head("200 OK", contentType, "Connection: close"));
    }

    /** Begins a chunked response. */
    public void openStream() throws IOException {
        write(head("200 OK", "text/event-stream; charset=utf-8", "Transfer-Encoding: chunked"));
    }

    /** Sends a part of a chunked response, cut anywhere, in the middle of characters too. */
    public void pieces(String text) throws IOException {
        byte[] bytes = bytes(text);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(LARGEST_CUT));
            write(Integer.toHexString(to - from) + "\r\n");
            out.write(bytes, from, to - from);
            write("\r\n");
            from = to;
        }
    }

    /** Ends a chunked response as it should be, and the exchange. */
    public void endStream() throws IOException {
        over.set(true);
        write("0\r\n\r\n");
    }

    /** Sends bytes of a response that is not chunked, so many at a time with a pause after each. */
    void drip(String text, int size, Duration pause) throws IOException, InterruptedException {
        byte[] bytes = bytes(text);
        for (int from = 0; from < bytes.length; from += size) {
            out.write(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
            out.flush();
            Thread.sleep(pause);
        }
    }

    public void write(String text) throws IOException {
        out.write(bytes(text));
        out.flush();
    }

    /** Closes the connection as at the end of a response. */
    public void close() throws IOException {
        over.set(true);
        socket.close();
    }

    /** Breaks the connection with a reset. */
    void reset() throws IOException {
        over.set(true);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The exchange is over. Returns whether it was not before. */
    public boolean end() {
        return over.compareAndSet(false, true);
    }

    private static String head(String status, String contentType, String framing, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head + framing + "\r\n\r\n";
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
