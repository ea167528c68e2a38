package io.perpetua.bootstrap;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The server as a process of its own, as its users run it. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Process process;
    private final Http http;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        http = new Http(port);
    }

    /** Starts the server on a free port, and returns when it can be talked to. */
    static ServerProcess start(Path data, Map<String, String> settings) throws IOException {
        return start(data, settings, "256m");
    }

    static ServerProcess start(Path data, Map<String, String> settings, String heap) throws IOException {
        int port = freePort();
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.perpetua.bootstrap.Perpetua",
                        "serve"))
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()));
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("PERPETUA_") || name.startsWith("OPENAI_") || name.startsWith("OTEL_"));
        builder.environment().put("PERPETUA_DATA", data.toString());
        builder.environment().put("PERPETUA_PORT", Integer.toString(port));
        builder.environment().put("PERPETUA_EMBEDDER", "none");
        builder.environment().putAll(settings);
        var server = new ServerProcess(builder.start(), port);
        try {
            await("the server to be ready", () -> server.readiness() == 200 || !server.process.isAlive());
            if (!server.process.isAlive()) {
                throw new IllegalStateException("the server ended with status " + server.process.exitValue());
            }
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    Http http() {
        return http;
    }

    int port() {
        return port;
    }

    /** The bytes of all objects that are still reachable. */
    long liveHeap() throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asking = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
        try (var lines = asking.inputReader()) {
            return lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[2]))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the server does not tell what is alive in it"));
        }
    }

    /** The status of the readiness check; 0 when nobody listens. */
    int readiness() {
        try {
            return http.get("/health/readiness").status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Ends the process as a power failure would, without a word. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** Tells the process to end, and does not wait for it. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end. */
    int ended() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
        ended();
    }
}
