package io.perpetua.adapters.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Stands between a server and those who ask it, and sees what passes. Safe for concurrent use. */
public final class Relay implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int port;
    private final Supplier<? extends Gate> gates;

    /** Looks at what passes on one connection. Called by two threads, one for each direction. */
    public interface Gate {

        /** Some bytes have come. Returns whether they are to reach the other end. */
        boolean passes(Direction direction, int bytes);
    }

    /** Where bytes are going. */
    public enum Direction {
        ASKING,
        ANSWERING
    }

    /**
     * In front of a port of this machine.
     *
     * @param gates gives each connection its own
     */
    public Relay(int port, Supplier<? extends Gate> gates) throws IOException {
        this.port = port;
        this.gates = gates;
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                var near = server.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                var gate = gates.get();
                Thread.ofVirtual().start(() -> copy(near, far, gate, Direction.ASKING));
                Thread.ofVirtual().start(() -> copy(far, near, gate, Direction.ANSWERING));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void copy(Socket from, Socket to, Gate gate, Direction direction) {
        var buffer = new byte[BUFFER];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (gate.passes(direction, read)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // one of both is gone
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
