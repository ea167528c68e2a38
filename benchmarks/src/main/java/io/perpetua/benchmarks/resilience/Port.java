package io.perpetua.benchmarks.resilience;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where a simulated provider is called: it reads requests and notices at once when a caller leaves. Safe for concurrent use. */
public final class Port implements AutoCloseable {

    private static final int BACKLOG = 4_096;
    private static final String LENGTH = "content-length:";

    private final ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Service service;

    /** Whoever answers. */
    @FunctionalInterface
    public interface Service {

        /** Begins to answer, on a thread of its own. */
        Ongoing begin(Socket socket, String body) throws IOException;
    }

    /**
     * An answer that is being given.
     *
     * @param wire how it is given
     * @param left what is to be done when the caller closes the connection before its end
     */
    public record Ongoing(Wire wire, Runnable left) {}

    /** A port on which {@code service} is called. */
    public Port(Service service) throws IOException {
        this.service = service;
        Thread.ofVirtual().start(this::accept);
    }

    /** The base URL of OpenAI's protocol. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: nobody is to call any more
        }
    }

    /* One thread reads a connection and others answer, so that its end is seen at once, whatever is being said. */
    private void serve(Socket socket) {
        Ongoing ongoing = null;
        try {
            var in = new BufferedInputStream(socket.getInputStream());
            for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
                ongoing = service.begin(socket, readBody(in, head));
            }
        } catch (IOException e) {
            // a reset is an end, too
        }
        if (ongoing != null && ongoing.wire.end()) {
            ongoing.left.run();
        }
        close(socket);
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static String readBody(InputStream in, String head) throws IOException {
        int start = head.indexOf(LENGTH);
        if (start < 0) {
            throw new IOException("a request without a length: " + head);
        }
        int end = head.indexOf("\r\n", start);
        int length =
                Integer.parseInt(head.substring(start + LENGTH.length(), end).strip());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // then it is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(this::close);
    }
}
