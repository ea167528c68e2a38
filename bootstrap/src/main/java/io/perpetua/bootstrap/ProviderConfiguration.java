package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.micronaut.core.type.Argument;
import io.perpetua.application.routing.ModelInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which providers are on. One is by its key or its address in the environment, or by its section under
 * {@code perpetua.providers}; what the environment says wins. Keys and addresses are the operator's alone.
 */
final class ProviderConfiguration {

    private static final String SECTION = "perpetua.providers";

    /** What a provider's section may say, as a configuration file spells it. */
    static final List<String> KEYS = List.of("api_key", "api_keys", "base_url", "dialect", "models");

    private final Environment environment;
    private final ModelTable table;

    ProviderConfiguration(Environment environment, ModelTable table) {
        this.environment = environment;
        this.table = table;
    }

    /** A provider that is on. Its text form leaves the keys out. */
    record Configured(KnownProvider known, String dialect, URI baseUrl, List<String> keys, List<ModelInfo> models) {

        @Override
        public String toString() {
            return known.name() + " at " + baseUrl;
        }
    }

    /** The providers that are on: the known ones in their order, then the operator's own by name. */
    List<Configured> read() {
        var known = KnownProvider.all();
        var names = new LinkedHashSet<>(known.keySet());
        names.addAll(new TreeSet<>(environment.getPropertyEntries(SECTION)));
        var configured = new ArrayList<Configured>();
        for (String name : names) {
            read(known.getOrDefault(name, KnownProvider.unknown(name))).ifPresent(configured::add);
        }
        return configured;
    }

    private Optional<Configured> read(KnownProvider provider) {
        String section = SECTION + "." + provider.name();
        var keys = keys(provider, section);
        var address = text(provider.baseUrlVariable()).or(() -> text(section + ".base-url"));
        if (keys.isEmpty() && address.isEmpty() && !hasSection(section)) {
            return Optional.empty();
        }
        if (provider.name().equals("auto") || provider.name().equals("offline")) {
            throw new Complaint(section + ": the name " + provider.name() + " is taken.");
        }
        String url = address.or(() -> Optional.ofNullable(provider.baseUrl()))
                .orElseThrow(() -> new Complaint(section + ".base_url is missing: where is " + provider.name() + "?"));
        String dialect = text(section + ".dialect").orElse(provider.dialect());
        return Optional.of(
                new Configured(provider, dialect, url(section, url), keys, models(provider.name(), section)));
    }

    /** Whether anything is said in a section: variables of the environment make sections of parts of their names, too. */
    private boolean hasSection(String section) {
        return KEYS.stream()
                .map(key -> section + "." + key.replace('_', '-'))
                .anyMatch(key -> environment.containsProperty(key) || environment.containsProperties(key));
    }

    private List<String> keys(KnownProvider provider, String section) {
        for (String variable : provider.keyVariables()) {
            var key = text(variable);
            if (key.isPresent()) {
                return List.of(key.get());
            }
        }
        var keys = new LinkedHashSet<String>();
        text(section + ".api-key").ifPresent(keys::add);
        var listed = environment.getProperty(section + ".api-keys", Argument.listOf(String.class));
        if (listed.isPresent() && listed.get().isEmpty()) {
            throw new Complaint(section + ".api_keys is an empty list of keys: put one in, or leave api_keys out.");
        }
        listed.ifPresent(keys::addAll);
        return List.copyOf(keys);
    }

    /** What is configured replaces what is known; of a model that is only named, the table says the rest. */
    private List<ModelInfo> models(String provider, String section) {
        var models = new ArrayList<ModelInfo>();
        for (Object model :
                environment.getProperty(section + ".models", List.class).orElse(List.of())) {
            models.add(
                    model instanceof Map<?, ?> row
                            ? ModelTable.configured(provider, section + ".models", row)
                            : table.of(provider, String.valueOf(model)));
        }
        return models.isEmpty() ? table.of(provider) : models;
    }

    private Optional<String> text(String property) {
        return environment.getProperty(property, String.class).filter(value -> !value.isBlank());
    }

    private static URI url(String section, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new Complaint(section + ".base_url is not a URL: " + value);
        }
    }
}
