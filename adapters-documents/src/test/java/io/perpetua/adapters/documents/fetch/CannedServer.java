package io.perpetua.adapters.documents.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same bytes, and remembers what it was asked. */
final class CannedServer implements AutoCloseable {

    /** Says what it pleases. */
    interface Speaker {
        void speak(String request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    CannedServer(Speaker speaker) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    var connection = socket.accept();
                    Thread.ofVirtual().start(() -> answer(connection, speaker));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    CannedServer(String answer) throws IOException {
        this((_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void answer(Socket connection, Speaker speaker) {
        try (connection) {
            String request = head(connection.getInputStream());
            requests.add(request);
            speaker.speak(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException e) {
            // the client left, as it may
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    URI at(String path) {
        return URI.create("http://documents.example:" + socket.getLocalPort() + path);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
