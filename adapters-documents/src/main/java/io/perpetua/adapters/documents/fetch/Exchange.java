package io.perpetua.adapters.documents.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One request and its answer, over a connection of its own to a given address. */
final class Exchange implements AutoCloseable {

    /* The JDK's client resolves names by itself, so nothing could be said of where it connects to. One GET with
     * "Connection: close" needs little more than a socket. Each read waits no longer than is left of the whole, so an
     * answer that trickles ends in time, too. */

    private final Socket socket;
    private final URI target;
    private final long deadline;
    private final InputStream in;

    private Exchange(Socket socket, URI target, long deadline) throws IOException {
        this.socket = socket;
        this.target = target;
        this.deadline = deadline;
        this.in = new BufferedInputStream(new InTime(socket.getInputStream()));
    }

    /** What is left until {@code deadline}, and {@code most} at most. */
    static Duration left(long deadline, Duration most) throws IOException {
        long left = Math.min(deadline - System.nanoTime(), most.toNanos());
        if (left <= 0) {
            throw new SocketTimeoutException("the time is up");
        }
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    /** Connects to {@code address}, whatever the name in {@code target} means by now. */
    static Exchange open(URI target, InetAddress address, Duration connect, long deadline) throws IOException {
        boolean secure = "https".equalsIgnoreCase(target.getScheme());
        int port = target.getPort() >= 0 ? target.getPort() : secure ? 443 : 80;
        var socket = new Socket(Proxy.NO_PROXY);
        try {
            long left = left(deadline, connect).toMillis();
            socket.connect(new InetSocketAddress(address, port), Math.clamp(left, 1, Integer.MAX_VALUE));
            socket.setSoTimeout(Math.clamp(left(deadline, connect).toMillis(), 1, Integer.MAX_VALUE));
            return new Exchange(secure ? secured(socket, target.getHost(), port) : socket, target, deadline);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The certificate must be the host's. */
    private static Socket secured(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Asks for the target and reads the head of the answer. */
    Head ask() throws IOException {
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        String port = target.getPort() < 0 ? "" : ":" + target.getPort();
        String request = "GET " + path + query + " HTTP/1.1\r\n"
                + "Host: " + target.getHost() + port + "\r\n"
                + "User-Agent: perpetua\r\n"
                + "Accept: application/pdf, text/html, text/markdown, image/*, */*;q=0.5\r\n"
                + "Accept-Encoding: identity\r\n"
                + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        var head = Head.read(in);
        while (head.isInterim()) {
            head = Head.read(in);
        }
        return head;
    }

    /** The body that follows {@code head}, to be read once. */
    InputStream body(Head head) throws IOException {
        return head.isChunked() ? new ChunkedStream(in) : new FixedStream(in, head.length());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Reads until the time is up. */
    private final class InTime extends InputStream {

        private final InputStream from;

        InTime(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            long left = left(deadline, Duration.ofDays(1)).toMillis();
            socket.setSoTimeout(Math.clamp(left, 1, Integer.MAX_VALUE));
            return from.read(bytes, at, length);
        }
    }
}
