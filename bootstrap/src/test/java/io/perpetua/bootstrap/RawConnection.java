package io.perpetua.bootstrap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to the server that sends whatever bytes it is given, and reads the answer if there is one. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * An answer.
     *
     * @param headers by their names in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean closes() {
            return header("connection").equals("close");
        }
    }

    /** Sends; a server that has seen enough may close before all is sent. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // Its answer, if it gave one, tells why.
        }
    }

    /** The answer of a server that may be waiting for more, which does not come; null when it has none. */
    @Nullable
    Answer answerIfAny(Duration patience, Duration limit, boolean bare) throws IOException {
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        in.mark(1);
        try {
            if (in.read() < 0) {
                return null;
            }
            in.reset();
        } catch (SocketTimeoutException e) {
            socket.shutdownOutput();
        } catch (IOException e) {
            return null;
        }
        try {
            return answer(limit, bare);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The answer.
     *
     * @param bare whether it has no body
     * @throws SocketTimeoutException when nothing comes for {@code limit}
     */
    Answer answer(Duration limit, boolean bare) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        String status = line();
        while (status.startsWith("HTTP/1.1 1")) {
            headers();
            status = line();
        }
        var headers = headers();
        return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers, bare ? "" : body(headers));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String body(Map<String, String> headers) throws IOException {
        var body = new ByteArrayOutputStream();
        if (headers.containsKey("transfer-encoding")) {
            for (int size = size(); size > 0; size = size()) {
                body.writeBytes(in.readNBytes(size));
                line();
            }
            line();
        } else {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            body.writeBytes(in.readNBytes(length));
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
