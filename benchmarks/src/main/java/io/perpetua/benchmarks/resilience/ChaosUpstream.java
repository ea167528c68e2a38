package io.perpetua.benchmarks.resilience;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A simulated provider on a port of its own that does what its script says, and notes it. Safe for concurrent use. */
final class ChaosUpstream implements AutoCloseable {

    /** The model that every simulated provider is known to have; it answers to any other name as well. */
    static final String MODEL = "m";

    private static final Pattern PROMPT = Pattern.compile("prompt #(\\d+)");
    private static final String LENGTH = "content-length:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final ServerSocket server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<UpstreamCall> calls = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<UpstreamCall>> arrivals = new ConcurrentHashMap<>();
    private volatile Script script;
    private volatile Duration slowness = Duration.ZERO;

    ChaosUpstream(String name, Script script) throws IOException {
        this.name = name;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    String name() {
        return name;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** From now on it does this. */
    void follow(Script next) {
        script = next;
    }

    /** From now on it thinks so long before it says anything. */
    void slowDown(Duration by) {
        slowness = by;
    }

    /** The calls so far. */
    List<UpstreamCall> calls() {
        return List.copyOf(calls);
    }

    /** The first call for a prompt, as soon as it has come. */
    CompletableFuture<UpstreamCall> arrival(int prompt) {
        return arrivals.computeIfAbsent(prompt, number -> new CompletableFuture<>());
    }

    /** How the prompt of that number is recognised. */
    static String prompt(int number) {
        return "prompt #" + number;
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
                ongoing = begin(socket, readBody(in, head));
            }
        } catch (IOException e) {
            // a reset is an end, too
        }
        if (ongoing != null && ongoing.wire.end()) {
            ongoing.call.clientGone().complete(System.nanoTime());
        }
        close(socket);
    }

    private record Ongoing(UpstreamCall call, Wire wire) {}

    private Ongoing begin(Socket socket, String body) throws IOException {
        boolean stream = JSON.readTree(body).path("stream").asBoolean();
        int prompt = promptOf(body);
        int attempt =
                attempts.computeIfAbsent(prompt, number -> new AtomicInteger()).getAndIncrement();
        var conduct = script.conduct(name, prompt, attempt, stream);
        var call =
                new UpstreamCall(name, prompt, attempt, stream, conduct, System.nanoTime(), new CompletableFuture<>());
        calls.add(call);
        arrival(prompt).complete(call);
        var random = Script.random(0, name, prompt, attempt);
        var wire = new Wire(socket, random);
        var performance = new Performance(wire, Answer.of(name, prompt), random);
        Thread.ofVirtual().start(() -> play(performance, call));
        return new Ongoing(call, wire);
    }

    private void play(Performance performance, UpstreamCall call) {
        try {
            Thread.sleep(slowness);
            performance.play(call.conduct(), call.stream());
        } catch (IOException e) {
            // the caller has closed the connection, which whoever reads it notes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int promptOf(String body) {
        int prompt = -1;
        for (var found = PROMPT.matcher(body); found.find(); ) {
            prompt = Integer.parseInt(found.group(1)); // the last is the newest
        }
        return prompt;
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
