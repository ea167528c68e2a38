package io.perpetua.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tables that come with the program. */
final class Resources {

    private Resources() {}

    /** The YAML file {@code name}, in its order. */
    static Map<String, Object> yaml(String name) {
        try (InputStream resource = Resources.class.getResourceAsStream("/" + name)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
