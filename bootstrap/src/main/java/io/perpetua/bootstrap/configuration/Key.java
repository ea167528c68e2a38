package io.perpetua.bootstrap.configuration;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration: all that there is to know of it stands here, whoever asks.
 *
 * @param name below {@code perpetua}, as a configuration file spells it; an asterisk stands for a name of the operator's
 *     choice
 * @param kind what its value may be
 * @param standard the value where none is set, as a configuration file would spell it; null where there is none
 * @param reloaded whether a change of it takes effect while the server runs
 * @param meaning what it is for
 */
public record Key<T>(String name, Kind<T> kind, @Nullable String standard, boolean reloaded, String meaning) {

    private static final String OURS = "perpetua.";

    public Key {
        if (standard != null && kind.read(standard) == null) {
            throw new IllegalArgumentException(name + " has a default that it may not have: " + standard);
        }
    }

    /** The whole key, as a configuration file spells it. */
    public String full() {
        return OURS + name;
    }

    /** As the framework spells it, for the operator's {@code own} name where there is to be one. */
    String property(String own) {
        return full().replace('_', '-').replace("*", own);
    }

    /** Its plain spelling. */
    String plain() {
        return plain(full());
    }

    /** The value where none is set. */
    T fallback() {
        String spelt = Objects.requireNonNull(standard, name);
        return Objects.requireNonNull(kind.read(spelt), name);
    }

    /** One spelling for all: keys differ in case, dots, dashes and underscores, and the environment has only the last. */
    static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
    }
}
