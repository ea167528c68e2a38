package io.perpetua.bootstrap.smoke;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The whole server in this process, with nothing in its memory and an {@link RehearsedModel} to ask. */
final class OwnServer implements AutoCloseable {

    /** Who answers. */
    static final String MODEL = "auto";

    /** Whose provider fails. */
    static final String FAILING = "failing/smoke";

    private final RehearsedModel model;
    private final Path folder;
    private final ApplicationContext context;
    private final URI url;

    OwnServer() throws IOException {
        folder = Files.createTempDirectory("perpetua-smoke");
        model = new RehearsedModel();
        var file = Files.writeString(folder.resolve("perpetua.yml"), """
                perpetua:
                  providers:
                    rehearsed: {base_url: '%s', models: [smoke]}
                    failing: {base_url: '%s', models: [smoke]}
                  ladders:
                    default: [rehearsed/smoke]
                  routing: {pinned_fallback: true}
                  retries: {attempts: 0}
                  memory: {semantic_deadline: 0s}
                """.formatted(model.answering(), model.failing()));
        context = Contexts.start(
                file,
                Map.of(
                        "perpetua.data",
                        folder.resolve("data").toString(),
                        "perpetua.host",
                        "127.0.0.1",
                        "perpetua.port",
                        -1,
                        "perpetua.store",
                        "sqlite",
                        "perpetua.index",
                        "lucene",
                        "perpetua.access.keys-required",
                        false));
        url = context.getBean(EmbeddedServer.class).start().getURI();
    }

    URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        context.close();
        model.close();
        TemporaryFolders.delete(folder);
    }
}
