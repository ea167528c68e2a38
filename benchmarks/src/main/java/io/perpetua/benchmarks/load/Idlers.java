package io.perpetua.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections on which nothing more comes: seven of ten never say a byte, the others stop in the middle of the request
 * line, of the head, or of the body. Not safe for concurrent use.
 */
final class Idlers implements AutoCloseable {

    private static final String LINE = "POST /v1/chat/comp";
    private static final String HEAD = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Half: ";
    private static final String BODY = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n{\"model\":\"auto\",";
    private static final List<String> SAID = List.of("", "", "", "", "", "", "", LINE, HEAD, BODY);

    private final List<SocketChannel> connections = new ArrayList<>();

    /** Opens {@code count} connections to a server, or as many as can be. */
    Idlers(String server, int count) {
        var url = URI.create(server);
        var address = new InetSocketAddress(url.getHost(), url.getPort());
        try {
            for (int i = 0; i < count; i++) {
                var connection = SocketChannel.open(address);
                connections.add(connection);
                say(connection, SAID.get(i % SAID.size()));
            }
        } catch (IOException e) {
            // no more can be opened, which their number tells
        }
    }

    private static void say(SocketChannel connection, String words) throws IOException {
        if (!words.isEmpty()) {
            connection.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
        }
    }

    int opened() {
        return connections.size();
    }

    /** How many the server has not closed. */
    int open() throws IOException {
        int open = 0;
        var response = ByteBuffer.allocate(4_096);
        for (var connection : connections) {
            connection.configureBlocking(false);
            open += isOpen(connection, response) ? 1 : 0;
        }
        return open;
    }

    private static boolean isOpen(SocketChannel connection, ByteBuffer response) {
        try {
            int read = 1;
            while (read > 0) { // an error may have been said before the end
                response.clear();
                read = connection.read(response);
            }
            return read == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
    }
}
