package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.perpetua.adapters.http.health.Readiness;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
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
        start(server, context);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop(context);
            stopped.countDown();
        }));
        System.err.println("Perpetua listens on " + server.getURL() + ". Point an OpenAI client at " + server.getURL()
                + "/v1 and talk.");
        stopped.await();
        return 0;
    }

    private static void start(EmbeddedServer server, ApplicationContext context) {
        try {
            server.start();
        } catch (ServerStartupException e) {
            context.close();
            throw new Complaint("The server cannot listen where it is told to: " + e.getMessage() + ".");
        }
    }

    /**
     * Announces the end, gives who balances load the time to notice, and closes: the listener first, the stores when the
     * answers that are under way have ended or their grace period has.
     */
    private static void stop(ApplicationContext context) {
        context.getBean(Readiness.class).stopping();
        try {
            Thread.sleep(context.getBean(Settings.class).get(Keys.STOP_NOTICE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.close();
    }
}
