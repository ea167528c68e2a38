package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.bootstrap.configuration.Key;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Kind;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which providers are on. One is by its key or its address in the environment, or by its section under
 * {@code perpetua.providers}; what the environment says wins. Keys and addresses are the operator's alone.
 */
final class ProviderConfiguration {

    private static final String SECTION = "perpetua.providers";

    private static final List<Key<?>> KEYS = List.of(
            Keys.PROVIDER_KEY, Keys.PROVIDER_KEYS, Keys.PROVIDER_URL, Keys.PROVIDER_DIALECT, Keys.PROVIDER_MODELS);

    private static final Set<String> TAKEN = Set.of("auto", OfflineProvider.NAME);

    private final Environment environment;
    private final Settings settings;
    private final ModelTable table;
    private final Mistakes mistakes;

    ProviderConfiguration(Environment environment, ModelTable table, Mistakes mistakes) {
        this.environment = environment;
        this.settings = new Settings(environment);
        this.table = table;
        this.mistakes = mistakes;
    }

    /** A provider that is on. Its text form leaves the keys out. */
    record Configured(KnownProvider known, String dialect, URI baseUrl, List<String> keys, List<ModelInfo> models) {

        /** Whether {@code other} is at the same place, with the same keys, and speaks the same. */
        boolean isAskedLike(Configured other) {
            return known.equals(other.known)
                    && dialect.equals(other.dialect)
                    && baseUrl.equals(other.baseUrl)
                    && keys.equals(other.keys);
        }

        @Override
        public String toString() {
            return known.name() + " at " + baseUrl;
        }
    }

    /** Every name that a provider has, be it on or not: the known ones in their order, then the operator's own. */
    Set<String> names() {
        var names = new LinkedHashSet<>(KnownProvider.all().keySet());
        names.addAll(new TreeSet<>(environment.getPropertyEntries(SECTION)));
        return names;
    }

    /** The providers that are on, in the order of their names. One about which anything is wrong is left out. */
    List<Configured> read() {
        var known = KnownProvider.all();
        var configured = new ArrayList<Configured>();
        for (String name : names()) {
            var provider = read(known.getOrDefault(name, KnownProvider.unknown(name)));
            if (provider != null) {
                configured.add(provider);
            }
        }
        return configured;
    }

    private @Nullable Configured read(KnownProvider provider) {
        String name = provider.name();
        String section = SECTION + "." + name;
        var keys = keys(provider);
        URI address = address(provider);
        if (keys.isEmpty() && address == null && !hasSection(name)) {
            return null;
        }
        if (TAKEN.contains(name)) {
            mistakes.add(section, "the name " + name + " is taken");
        }
        var models = models(name, section);
        String dialect = settings.find(Keys.PROVIDER_DIALECT, name);
        if (address == null) {
            address = usualAddress(provider, section);
        }
        return address == null || mistakes.concern(section)
                ? null
                : new Configured(provider, dialect == null ? provider.dialect() : dialect, address, keys, models);
    }

    private @Nullable URI usualAddress(KnownProvider provider, String section) {
        if (provider.baseUrl() != null) {
            return URI.create(provider.baseUrl());
        }
        String key = section + ".base_url";
        if (!mistakes.concern(key)) {
            mistakes.unfit(key, "where " + provider.name() + " is, such as http://gpu:8000/v1", "nothing");
        }
        return null;
    }

    /** Whether anything is said in a section: variables of the environment make sections of parts of their names, too. */
    private boolean hasSection(String name) {
        return KEYS.stream().anyMatch(key -> settings.isSet(key, name));
    }

    private List<String> keys(KnownProvider provider) {
        for (String variable : provider.keyVariables()) {
            var key = variable(variable, Keys.PROVIDER_KEY.kind());
            if (key != null) {
                return List.of(key);
            }
        }
        var keys = new LinkedHashSet<String>();
        var one = settings.find(Keys.PROVIDER_KEY, provider.name());
        if (one != null) {
            keys.add(one);
        }
        var several = settings.find(Keys.PROVIDER_KEYS, provider.name());
        if (several != null) {
            keys.addAll(several);
        }
        return List.copyOf(keys);
    }

    private @Nullable URI address(KnownProvider provider) {
        var said = variable(provider.baseUrlVariable(), Keys.PROVIDER_URL.kind());
        return said == null ? settings.find(Keys.PROVIDER_URL, provider.name()) : said;
    }

    /** What the variable that the framework calls {@code property} says, null where it says nothing or nothing of that kind. */
    private <T> @Nullable T variable(String property, Kind<T> kind) {
        String said = environment.getProperty(property, String.class).orElse("");
        if (said.isBlank()) {
            return null;
        }
        T meant = kind.read(said);
        if (meant == null) {
            String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
            mistakes.unfit(variable, kind.expected(), kind.told(said));
        }
        return meant;
    }

    /** What is configured replaces what is known; of a model that is only named, the table says the rest. */
    private List<ModelInfo> models(String provider, String section) {
        var said = settings.find(Keys.PROVIDER_MODELS, provider);
        if (said == null) {
            return table.of(provider);
        }
        var models = new ArrayList<ModelInfo>();
        for (Object model : said) {
            var info = model instanceof Map<?, ?> row
                    ? ModelTable.configured(provider, section + ".models", row, mistakes)
                    : table.of(provider, model.toString().strip());
            if (info != null) {
                models.add(info);
            }
        }
        return models;
    }
}
