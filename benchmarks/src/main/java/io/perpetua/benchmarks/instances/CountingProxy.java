package io.perpetua.benchmarks.instances;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands between a server and its Redis, and counts round trips: whenever something is asked on a connection after something
 * was answered on it. Exact as long as one question waits at a time. Safe for concurrent use.
 */
final class CountingProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** In front of a port of this machine. */
    CountingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    long roundTrips() {
        return roundTrips.sum();
    }

    /** In both directions. */
    long bytes() {
        return bytes.sum();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                var line = new Line();
                Thread.ofVirtual().start(() -> copy(near, far, () -> line.asked(roundTrips)));
                Thread.ofVirtual().start(() -> copy(far, near, line::answered));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, Runnable passing) {
        var buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passing.run();
                bytes.add(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one of both is gone
        }
        close(from);
        close(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then it is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(CountingProxy::close);
    }

    /** One connection. */
    private static final class Line {

        private boolean waiting;

        synchronized void asked(LongAdder roundTrips) {
            if (!waiting) {
                roundTrips.increment();
            }
            waiting = true;
        }

        synchronized void answered() {
            waiting = false;
        }
    }
}
