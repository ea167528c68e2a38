package io.perpetua.bootstrap;

import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perpetua serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Start the server.", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        var context = Contexts.start(config, Map.of());
        var server = context.getBean(EmbeddedServer.class);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            context.close();
            stopped.countDown();
        }));
        server.start();
        System.err.println("Perpetua listens on " + server.getURL() + ". Point an OpenAI client at " + server.getURL()
                + "/v1 and talk.");
        stopped.await();
        return 0;
    }
}
