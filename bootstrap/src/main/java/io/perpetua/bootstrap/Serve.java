package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import io.perpetua.adapters.http.health.Readiness;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.bootstrap.logging.LogFormat;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perpetua serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Start the server.", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

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
        greet(
                "Perpetua listens on " + server.getURL() + ". Point an OpenAI client at " + server.getURL()
                        + "/v1 and talk.",
                context.getBean(Settings.class));
        stopped.await();
        return 0;
    }

    /** For people, unless programs read what is written. */
    private static void greet(String greeting, Settings settings) {
        if (LogFormat.of(settings) == LogFormat.TEXT) {
            System.err.println(greeting);
        } else {
            LOG.info(greeting);
        }
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
