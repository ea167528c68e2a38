package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.BeanContextException;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.chat.CompleteChat;
import io.perpetua.bootstrap.logging.LogFormat;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the application, with or without its server. */
public final class Contexts {

    private static final Logger LOG = LoggerFactory.getLogger(Contexts.class);

    /** The environment of a command that may run beside a server: lanes stay away, and the store is opened accordingly. */
    static final String TOOL = "tool";

    /** Held, since the level of a logger that nobody holds is forgotten. */
    private static final java.util.logging.Logger LUCENE = java.util.logging.Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.SEVERE); // it would recommend flags at every start
    }

    private Contexts() {}

    /**
     * The application, started.
     *
     * @param config a configuration file; null for {@code perpetua.yml} in the working directory, if there is one
     * @param overrides properties that win over everything else
     * @throws Complaint when what is configured makes no sense or cannot be had
     */
    public static ApplicationContext start(@Nullable Path config, Map<String, Object> overrides) {
        // Beans come when asked for: what is wrong with them is to be told now.
        return start(new ConfigurationSource(config, overrides), List.of(), CompleteChat.class, CheckKey.class);
    }

    /**
     * The application for a tool that may run beside a server: the stores, and nothing that works by itself.
     *
     * @param config as {@link #start} takes it
     * @param needed the beans that the tool asks for
     */
    public static ApplicationContext tool(@Nullable Path config, Class<?>... needed) {
        return start(new ConfigurationSource(config, Map.of()), List.of(TOOL), needed);
    }

    /**
     * The application for a tool that measures: what it finds is not to depend on how fast the machine is, so nothing has
     * a deadline.
     *
     * @param config as {@link #start} takes it
     * @param data the data directory
     * @param overrides properties that win over everything else
     */
    public static ApplicationContext unhurried(@Nullable Path config, Path data, Map<String, Object> overrides) {
        var all = new HashMap<>(overrides);
        all.put("perpetua.data", data.toString());
        all.put("perpetua.memory.semantic-deadline", "0s");
        all.put("perpetua.reload.every", "0s");
        all.put("perpetua.host", "127.0.0.1"); // where it listens, and who may call, does not matter
        all.put("perpetua.access.keys-required", false);
        return start(config, all);
    }

    private static ApplicationContext start(ConfigurationSource source, List<String> environments, Class<?>... needed) {
        var context = source.application(environments);
        try {
            var configuration = ConfigurationCheck.of(context.getEnvironment().start(), InstantSource.system());
            configuration.mistakes().complain();
            LogFormat.of(configuration.settings()).use();
            context.registerSingleton(configuration);
            context.start();
            for (Class<?> each : needed) {
                context.getBean(each);
            }
            return context;
        } catch (BeanContextException | ConfigurationException | ConversionErrorException e) {
            context.close();
            LOG.debug("Not started", e);
            throw explained(e);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** What is meant for people: the innermost sentence that a check of ours, or the reading of a value, has said. */
    private static RuntimeException explained(RuntimeException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case Complaint complaint -> {
                    return complaint;
                }
                case ConversionErrorException conversion -> {
                    return complaint(conversion);
                }
                case IllegalArgumentException _,
                        IllegalStateException _,
                        UncheckedIOException _,
                        StoreUnavailable _ -> {
                    return complaint(each);
                }
                default -> {}
            }
        }
        return failure;
    }

    private static Complaint complaint(Throwable failure) {
        return new Complaint(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
    }
}
