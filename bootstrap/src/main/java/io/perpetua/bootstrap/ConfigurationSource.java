package io.perpetua.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.NearestKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Where the configuration comes from: overrides before the environment, that before a file, and that before the defaults.
 * The file may be read again at any time, the others stay as they were. Safe for concurrent use.
 */
final class ConfigurationSource {

    /** Above the program's own resources. */
    private static final int FILE = EnvironmentPropertySource.POSITION - 1;

    private static final int DEFAULTS = Integer.MIN_VALUE;
    private static final String ROOT = "perpetua";
    private static final int TYPING_ERROR = 2;

    private final Path file;
    private final boolean needed;
    private final Map<String, Object> overrides;
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    /**
     * A configuration.
     *
     * @param config a configuration file; null for {@code perpetua.yml} in the working directory, if there is one
     * @param overrides properties that win over everything else
     */
    ConfigurationSource(@Nullable Path config, Map<String, Object> overrides) {
        file = config == null ? Path.of("perpetua.yml") : config;
        needed = config != null || Files.exists(file);
        this.overrides = Map.copyOf(overrides);
    }

    /** The file, be it there or not. */
    Path file() {
        return file;
    }

    /** A digest of the file as it was read first; nothing where there was none. */
    Map<Path, String> firstRead() {
        String digest = first.get();
        return digest == null ? Map.of() : Map.of(file, digest);
    }

    /** Whether there is a file to be read: one that was named, or was there in the beginning, must be. */
    boolean hasFile() {
        return needed || Files.exists(file);
    }

    /**
     * An application that is configured so, to be started.
     *
     * @param environments what it is for, where it is not to serve
     * @throws Complaint when the file cannot be read
     */
    ApplicationContext application(List<String> environments) {
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .environments(environments.toArray(String[]::new))
                .properties(overrides)
                .singletons(this);
        var defaults = PropertySource.of("defaults", Keys.defaults(), DEFAULTS);
        return hasFile()
                ? builder.propertySources(defaults, read()).build()
                : builder.propertySources(defaults).build();
    }

    /**
     * What is configured now, without an application.
     *
     * @throws Complaint when the file cannot be read
     */
    Environment environment() {
        return application(List.of()).getEnvironment().start();
    }

    /**
     * What is configured now, where the file has changed. One that is empty counts as not written yet: nobody means to
     * switch everything off by that.
     *
     * @throws Complaint when the file cannot be read, or is empty
     */
    Environment changed() {
        var environment = environment();
        boolean empty = environment.getPropertySources().stream()
                .noneMatch(each -> each.getName().equals(file.toString())
                        && each.iterator().hasNext());
        if (hasFile() && empty) {
            throw new Complaint("The configuration file " + file + " is empty.");
        }
        return environment;
    }

    private PropertySource read() {
        try {
            byte[] content = Files.readAllBytes(file);
            first.compareAndSet(null, FileWatch.digest(content));
            check(content);
            return PropertySource.of(
                    file.toString(),
                    new YamlPropertySourceLoader().read(file.toString(), new ByteArrayInputStream(content)),
                    FILE);
        } catch (IOException | YAMLException e) {
            throw unreadable(e);
        }
    }

    /** Looks for what the framework would pass over in silence. */
    private void check(byte[] content) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document :
                new Yaml(new SafeConstructor(options)).loadAll(new String(content, StandardCharsets.UTF_8))) {
            if (document instanceof Map<?, ?> sections) {
                sections.keySet().forEach(section -> checkRoot(String.valueOf(section)));
            } else if (document != null) {
                throw new Complaint("The configuration file " + file + " holds no sections, such as " + ROOT + ".");
            }
        }
    }

    private void checkRoot(String section) {
        if (!section.equals(ROOT) && NearestKey.distance(section, ROOT) <= TYPING_ERROR) {
            throw new Complaint("The configuration file " + file + " has no section that is read called " + section
                    + "; did you mean " + ROOT + "?");
        }
    }

    /** Without the line itself, in which there may be a key. */
    private Complaint unreadable(Exception fault) {
        if (!Files.exists(file)) {
            return new Complaint("There is no configuration file " + file + ".");
        }
        if (fault instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return new Complaint("The configuration file " + file + " is no YAML: line "
                    + (yaml.getProblemMark().getLine() + 1) + ", column "
                    + (yaml.getProblemMark().getColumn() + 1) + ": " + problem(yaml) + ".");
        }
        return fault instanceof YAMLException
                ? new Complaint("The configuration file " + file + " is no YAML.")
                : new Complaint("The configuration file " + file + " cannot be read.");
    }

    private static String problem(MarkedYAMLException fault) {
        String problem = String.valueOf(fault.getProblem());
        return problem.contains("alias") ? "an alias of something that is not there" : problem;
    }
}
