package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.openai.Quirks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider as {@code providers.yml} describes it.
 *
 * @param name its name in {@code provider/model}
 * @param baseUrl where its API is, null for one that is only known from the configuration
 * @param dialect what it speaks: {@code openai}, {@code anthropic} or {@code gemini}
 * @param keyVariables the properties that may hold its key, the first one preferred
 * @param quirks where it departs from OpenAI's protocol
 */
record KnownProvider(String name, @Nullable String baseUrl, String dialect, List<String> keyVariables, Quirks quirks) {

    /** The known providers by their names, in order. */
    static Map<String, KnownProvider> all() {
        var all = new LinkedHashMap<String, KnownProvider>();
        Resources.yaml("providers.yml").forEach((name, fields) -> all.put(name, read(name, (Map<?, ?>) fields)));
        return all;
    }

    /** A provider of whom nothing is known but its name. */
    static KnownProvider unknown(String name) {
        return read(name, Map.of());
    }

    private static KnownProvider read(String name, Map<?, ?> fields) {
        var variables = new ArrayList<String>();
        variables.add(property(name + "_API_KEY"));
        strings(fields.get("key-variables")).forEach(variable -> variables.add(property(variable)));
        Object baseUrl = fields.get("base-url");
        Object dialect = fields.get("dialect");
        return new KnownProvider(
                name,
                baseUrl == null ? null : baseUrl.toString(),
                dialect == null ? "openai" : dialect.toString(),
                List.copyOf(variables),
                quirks(fields, baseUrl == null));
    }

    private static Quirks quirks(Map<?, ?> fields, boolean extraContent) {
        var renamed = new LinkedHashMap<String, String>();
        if (fields.get("renamed") instanceof Map<?, ?> names) {
            names.forEach((ours, theirs) -> renamed.put(ours.toString(), theirs.toString()));
        }
        return new Quirks(
                !Boolean.FALSE.equals(fields.get("stream-options")),
                !Boolean.FALSE.equals(fields.get("developer")),
                !Boolean.FALSE.equals(fields.get("names")),
                extraContent,
                renamed,
                strings(fields.get("dropped")));
    }

    private static Set<String> strings(@Nullable Object list) {
        var strings = new HashSet<String>();
        if (list instanceof List<?> all) {
            all.forEach(each -> strings.add(String.valueOf(each)));
        }
        return strings;
    }

    /** The property that holds the address, if the environment says one. */
    String baseUrlVariable() {
        return property(name + "_BASE_URL");
    }

    /** How the framework calls what the environment calls {@code variable}. */
    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** The quirks at {@code address}: elsewhere than at its own, somebody may stand there who understands more. */
    Quirks quirksAt(String address) {
        return new Quirks(
                quirks.streamOptions(),
                quirks.developer(),
                quirks.names(),
                !address.equals(baseUrl),
                quirks.renamed(),
                quirks.dropped());
    }
}
