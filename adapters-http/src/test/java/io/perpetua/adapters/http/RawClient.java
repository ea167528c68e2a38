package io.perpetua.adapters.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** A client that sees the bytes on the wire. Reads chunked bodies event by event. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final Deque<String> events = new ArrayDeque<>();
    private String pending = "";

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void post(String path, String body) throws IOException {
        send(request(path, body));
    }

    static String request(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n"
                + "Accept: text/event-stream\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Status line and headers, in lower case but for the first line. */
    String head() throws IOException {
        String status = line();
        var head = new StringBuilder(status).append('\n');
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line.toLowerCase(Locale.ROOT)).append('\n');
        }
        return head.toString();
    }

    /** The body that {@code head} gives the length of. */
    String body(String head) throws IOException {
        int length = Integer.parseInt(head.replaceFirst("(?s).*\\ncontent-length: (\\d+)\\n.*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The next event, comments left out. */
    String event() throws IOException {
        String event = eventOrComment();
        while (event.startsWith(":")) {
            event = eventOrComment();
        }
        return event;
    }

    String eventOrComment() throws IOException {
        while (events.isEmpty()) {
            String chunk = chunk();
            if (chunk.isEmpty()) {
                throw new EOFException("the body has ended with: " + pending);
            }
            take(chunk);
        }
        return events.remove();
    }

    /** What comes until the body ends. */
    String rest() throws IOException {
        var rest = new StringBuilder(String.join("", events)).append(pending);
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            rest.append(chunk);
        }
        return rest.toString();
    }

    private void take(String chunk) {
        pending += chunk;
        for (int end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n")) {
            events.add(pending.substring(0, end + 2));
            pending = pending.substring(end + 2);
        }
    }

    private String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection has ended with: " + line);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server has closed the connection; waits for what comes. */
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    /** Leaves with a reset instead of an orderly end. */
    void reset() throws IOException {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
    }

    /** Sends nothing more, but would still read. */
    void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
