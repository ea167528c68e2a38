package io.perpetua.adapters.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on which connections may fall silent without an end, as when its machine is gone. */
final class Cable implements AutoCloseable {

    private static final int BUFFER = 1 << 14;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private final AtomicInteger cut = new AtomicInteger();

    /** A way to a port of this machine. */
    Cable(int port) throws IOException {
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** From now on nothing comes through on the connections that there are. New ones are in order. */
    void cut() {
        cut.incrementAndGet();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(near);
                sockets.add(far);
                int made = cut.get();
                Thread.ofVirtual().start(() -> copy(near, far, made));
                Thread.ofVirtual().start(() -> copy(far, near, made));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, int made) {
        var buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (cut.get() == made) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one end is gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
