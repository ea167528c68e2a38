package io.perpetua.bootstrap.transfer;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.transfer.Archive;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.Contexts;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store that the configuration chooses, opened for one command. */
final class OpenStore {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    /** Opens the store, does {@code work} and closes it. */
    <T> T with(Function<ApplicationContext, T> work) {
        try (var context = Contexts.tool(config, Archive.class)) {
            return work.apply(context);
        } catch (StoreUnavailable e) {
            throw new Complaint("The store does not answer: " + e.getMessage());
        }
    }
}
