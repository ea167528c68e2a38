package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the application, with or without its server. */
public final class Contexts {

    private static final Path HERE = Path.of("perpetua.yml");

    private Contexts() {}

    /**
     * The application, started.
     *
     * @param config a configuration file; null for {@code perpetua.yml} in the working directory, if there is one
     * @param overrides properties that win over everything else
     */
    public static ApplicationContext start(@Nullable Path config, Map<String, Object> overrides) {
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .properties(overrides);
        Path file = config != null ? config : HERE;
        if (Files.isReadable(file)) {
            builder.overrideConfigLocations("classpath:/", "file:" + file.toAbsolutePath());
        } else if (config != null) {
            throw new Complaint("There is no configuration file " + config + ".");
        }
        return builder.start();
    }
}
