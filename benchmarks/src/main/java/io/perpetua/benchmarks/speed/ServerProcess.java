package io.perpetua.benchmarks.speed;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The server in a process of its own, as {@code perpetua serve} starts it. What the environment of whoever measures says
 * about providers and about Perpetua does not reach it.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration ONE_TRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String url;
    private final Path log;
    private final Duration startup;

    /**
     * Starts a server and waits for its first answer.
     *
     * @param data its data directory
     * @param settings variables of its environment
     * @param words of its command line after {@code serve}
     */
    public ServerProcess(Path data, Map<String, String> settings, String... words)
            throws IOException, InterruptedException {
        int port = freePort();
        log = data.resolve("server.log");
        url = "http://127.0.0.1:" + port;
        var command = Stream.concat(Stream.of("serve"), Stream.of(words)).toList();
        var builder = Program.prepare(data, command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PERPETUA_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        long start = System.nanoTime();
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        awaitFirstAnswer(start);
        startup = Duration.ofNanos(System.nanoTime() - start);
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** From the process's start to its first 200. */
    Duration startup() {
        return startup;
    }

    /** Resident memory in MB, as Linux tells it; 0 elsewhere. */
    public long residentMb() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Processor time spent so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void awaitFirstAnswer(long start) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var health = HttpRequest.newBuilder(URI.create(url + "/health/liveness"))
                    .timeout(ONE_TRY)
                    .build();
            while (process.isAlive() && System.nanoTime() - start < PATIENCE.toNanos()) {
                try {
                    if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    LockSupport.parkNanos(POLL.toNanos()); // it is not listening yet
                }
            }
        }
        throw new IllegalStateException("the server did not start: " + process + " " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Kills the process without a word; {@link #close} has nothing left to do. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
    }
}
