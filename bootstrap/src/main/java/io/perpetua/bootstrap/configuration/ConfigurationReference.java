package io.perpetua.bootstrap.configuration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page that documents the configuration: a row for every key of the table, in Markdown. */
public final class ConfigurationReference {

    private static final String TOP = "Top level";

    private static final String BEGINNING = """
            # Every key of the configuration

            Written from the table that the program itself goes by: `./perpetua check --reference` prints this page.

            Keys stand in a YAML file below `perpetua`, or in variables of the environment, which win. A file is given by
            `--config FILE`; without one, `perpetua.yml` in the working directory is read if it is there. Durations are written
            `200ms`, `30s`, `5m`, `2h` or `90d`; in a variable, the elements of a list are separated by commas. `NAME` stands for
            the name of a provider. Where the last column says *at once*, a change in the file takes effect while the server
            runs; every other change takes effect at the next start. A key without a default says in its meaning what holds
            where it is not set, if anything does. The README has [how to use them](../README.md#configuration), and the
            variables that are no keys.
            """;

    private ConfigurationReference() {}

    /** The page. */
    public static String page() {
        var page = new StringBuilder(BEGINNING);
        var sections = Keys.all().stream()
                .map(ConfigurationReference::section)
                .distinct()
                .toList();
        for (String section : sections) {
            var keys = Keys.all().stream()
                    .filter(key -> section(key).equals(section))
                    .toList();
            page.append("\n## ").append(section).append("\n\n").append(table(keys));
        }
        return page.toString();
    }

    private static String section(Key<?> key) {
        int dot = key.name().indexOf('.');
        return dot < 0 ? TOP : key.name().substring(0, dot);
    }

    private static String table(List<Key<?>> keys) {
        return "| key | variable | what is expected | default | meaning | changes |\n|---|---|---|---|---|---|\n"
                + keys.stream().map(ConfigurationReference::row).collect(Collectors.joining());
    }

    private static String row(Key<?> key) {
        return "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        code(key.name().replace("*", "NAME")),
                        variables(key),
                        cell(key.kind().expected()),
                        standard(key),
                        cell(key.meaning()),
                        key.reloaded() ? "at once" : "at the next start");
    }

    private static String variables(Key<?> key) {
        if (key.name().indexOf('/') >= 0) {
            return "none can be spelt so";
        }
        String spelt = code(key.full().replace("*", "NAME").replace('.', '_').toUpperCase(Locale.ROOT));
        String own = Keys.variable(key);
        return own == null || spelt.equals(code(own)) ? spelt : spelt + ", " + code(own);
    }

    private static String standard(Key<?> key) {
        String standard = key.standard();
        return standard == null ? "none" : code(standard.replace("${user.home}", "~"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
