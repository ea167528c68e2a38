package io.perpetua.bootstrap.configuration;

import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is set, by the table of the keys. A value that is none of its key's kind counts as not set: somebody else tells of
 * that. Safe for concurrent use.
 */
public final class Settings {

    private final Environment environment;

    public Settings(Environment environment) {
        this.environment = environment;
    }

    /** The value of {@code key}, which has a default. */
    public <T> T get(Key<T> key) {
        T value = find(key);
        return value == null ? key.fallback() : value;
    }

    /** The value of {@code key}, null where none is set. */
    public <T> @Nullable T find(Key<T> key) {
        return find(key, "");
    }

    /** The value of {@code key} for the operator's own {@code name}, null where none is set. */
    public <T> @Nullable T find(Key<T> key, String name) {
        try {
            var value = environment
                    .getProperty(key.property(name), type(key.kind()))
                    .orElse(null);
            return value == null ? null : key.kind().read(value);
        } catch (ConfigurationException e) { // it refers to something that is not set
            return null;
        }
    }

    /** Whether anything is set for {@code key}, be it what it may. */
    public boolean isSet(Key<?> key, String name) {
        String property = key.property(name);
        return environment.containsProperty(property) || environment.containsProperties(property);
    }

    /** Lists are put together by the framework from what stands in files and in variables. */
    private static Class<?> type(Kind<?> kind) {
        return switch (kind) {
            case Kind.Texts _, Kind.Secrets _, Kind.Rows _, Kind.Ranges _, Kind.Origins _ -> List.class;
            case Kind.Whole _,
                    Kind.Fraction _,
                    Kind.Time _,
                    Kind.AtLeast _,
                    Kind.Flag _,
                    Kind.Choice _,
                    Kind.Text _,
                    Kind.Secret _,
                    Kind.RedisUrls _,
                    Kind.Url _ -> Object.class;
        };
    }
}
