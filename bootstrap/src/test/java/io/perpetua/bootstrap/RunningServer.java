package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The whole server, in this process and on a port of its own. */
final class RunningServer implements AutoCloseable {

    private final ApplicationContext context;
    private final int port;

    /**
     * Starts the server.
     *
     * @param data its data directory
     * @param settings what is configured besides
     */
    RunningServer(Path data, Map<String, Object> settings) {
        this(null, data, settings);
    }

    /**
     * Starts the server by a configuration file.
     *
     * @param config the file, null for none
     */
    RunningServer(@Nullable Path config, Path data, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("perpetua.data", data.toString());
        all.put("perpetua.port", -1);
        context = Contexts.start(config, all);
        port = context.getBean(EmbeddedServer.class).start().getPort();
    }

    /** A part of it. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Http http() {
        return new Http(port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        context.close();
    }
}
