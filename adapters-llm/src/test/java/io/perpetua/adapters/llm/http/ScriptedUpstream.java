package io.perpetua.adapters.llm.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP upstream on loopback that does what its script says, however wrong, and notes what it was asked. */
public final class ScriptedUpstream implements AutoCloseable {

    /** What to do with one request. */
    public interface Script {

        void serve(Exchange exchange) throws Exception;
    }

    /** One request with its head in lower case. */
    public record Asked(String head, String body) {}

    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    /** When, by the nanosecond clock, the first client to leave had left. */
    public final CompletableFuture<Long> clientGone = new CompletableFuture<>();

    public ScriptedUpstream(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                String head = readHead(in);
                if (head.isEmpty()) {
                    clientGone.complete(System.nanoTime());
                    return;
                }
                var request = new Asked(head, readBody(in, head));
                asked.add(request);
                script.serve(new Exchange(request, socket, in, socket.getOutputStream()));
            }
        } catch (Exception e) {
            clientGone.complete(System.nanoTime());
        }
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    private static String readBody(InputStream in, String head) throws IOException {
        int start = head.indexOf("content-length:") + "content-length:".length();
        int length = Integer.parseInt(
                head.substring(start, head.indexOf("\r\n", start)).strip());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** A request being answered. */
    public final class Exchange {

        private final Asked asked;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Exchange(Asked asked, Socket socket, InputStream in, OutputStream out) {
            this.asked = asked;
            this.socket = socket;
            this.in = in;
            this.out = out;
        }

        public Asked asked() {
            return asked;
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        public void raw(String text) throws IOException {
            raw(text.getBytes(StandardCharsets.UTF_8));
        }

        /** A response in one piece. */
        public void respond(int status, String contentType, String body, String... headers) throws IOException {
            raw("HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\n"
                    + String.join(
                            "", Arrays.stream(headers).map(h -> h + "\r\n").toList())
                    + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
        }

        /** Opens a chunked response, which {@link #endStream} ends. */
        public void openStream(String contentType) throws IOException {
            raw("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        /** A piece of a chunked response. */
        public void piece(byte[] bytes) throws IOException {
            raw(Integer.toHexString(bytes.length) + "\r\n");
            raw(bytes);
            raw("\r\n");
        }

        public void piece(String text) throws IOException {
            piece(text.getBytes(StandardCharsets.UTF_8));
        }

        /** An event of its own. */
        public void event(String data) throws IOException {
            piece("data: " + data + "\n\n");
        }

        public void endStream() throws IOException {
            raw("0\r\n\r\n");
        }

        /** A whole stream that is spelled out, framing included. */
        public void wholeStream(String events) throws IOException {
            openStream("text/event-stream");
            piece(events);
            endStream();
        }

        /** A whole stream of events. */
        public void stream(String... datas) throws IOException {
            openStream("text/event-stream");
            for (String data : datas) {
                event(data);
            }
            endStream();
        }

        /** Closes the connection, finished or not. */
        public void socketEnd() throws IOException {
            socket.close();
        }

        /** Breaks the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing more until the client has left. */
        public void stall() throws IOException {
            try {
                while (in.read() >= 0) {
                    // whatever it says, it is still there
                }
            } finally {
                clientGone.complete(System.nanoTime());
            }
            socket.close();
        }
    }
}
