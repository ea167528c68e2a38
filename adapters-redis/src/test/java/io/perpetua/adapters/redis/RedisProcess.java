package io.perpetua.adapters.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis of its own in a process that can be paused, killed and started again over the same files. It writes
 * everything to its disk before it answers, unless told otherwise.
 */
public final class RedisProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EXECUTABLE = executable();

    private final Path folder;
    private final List<String> command;
    private final int port;
    private Process process;

    /** Starts a server on a free port. */
    public static RedisProcess start(String... options) {
        int port = freePort();
        Path folder = newFolder();
        return new RedisProcess(port, folder, options(port, folder, options));
    }

    /** Starts a Sentinel that watches {@code master}, which it calls {@code main}. */
    static RedisProcess sentinel(RedisProcess master) {
        int port = freePort();
        Path folder = newFolder();
        Path file = folder.resolve("sentinel.conf"); // which it writes to
        try {
            Files.writeString(
                    file,
                    "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\nsentinel monitor main 127.0.0.1 "
                            + master.port + " 1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RedisProcess(port, folder, List.of(file.toString(), "--sentinel"));
    }

    private RedisProcess(int port, Path folder, List<String> options) {
        this.port = port;
        this.folder = folder;
        command = Stream.concat(Stream.of(EXECUTABLE), options.stream()).toList();
        process = launch();
    }

    private static List<String> options(int port, Path folder, String... more) {
        var options = new ArrayList<>(List.of(
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always"));
        options.addAll(Arrays.asList(more));
        return options;
    }

    private static String executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process launch() {
        try {
            var launched = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log.txt").toFile())
                    .start();
            awaitPort(launched);
            return launched;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitPort(Process launched) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!accepts()) {
            if (!launched.isAlive() || System.nanoTime() > end) {
                throw new IOException("Redis did not start: " + Files.readString(folder.resolve("log.txt")));
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Stops the server in its tracks, connections and all: it is there, and does not answer. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused server go on. */
    public void resume() {
        signal("CONT");
    }

    /** Kills the server; what it had not written to its disk is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Starts a killed server again, over the files that it left. */
    public void restart() {
        process = launch();
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
