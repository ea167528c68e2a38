package io.perpetua.bootstrap.keys;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.ApiKeys;
import io.perpetua.application.access.ManageKeys;
import io.perpetua.application.access.Spending;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.Contexts;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the keys are: the store that the configuration chooses, opened for one command. */
final class KeyStore {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    /**
     * What a command works with.
     *
     * @param spending what their holders have spent
     */
    record Opened(ManageKeys keys, Spending spending) {}

    /** Opens the store, does {@code work} and closes it. */
    <T> T with(Function<Opened, T> work) {
        try (var context = Contexts.tool(config, ApiKeys.class, Spending.class)) {
            return work.apply(opened(context));
        } catch (StoreUnavailable e) {
            throw new Complaint("The store does not answer: " + e.getMessage());
        }
    }

    private static Opened opened(ApplicationContext context) {
        return new Opened(
                new ManageKeys(context.getBean(ApiKeys.class), new SecureRandom(), InstantSource.system()),
                context.getBean(Spending.class));
    }
}
