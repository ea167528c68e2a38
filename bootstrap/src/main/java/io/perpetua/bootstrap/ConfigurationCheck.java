package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.bootstrap.configuration.KeyCheck;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.bootstrap.prices.PriceFiles;
import io.perpetua.domain.tokens.WordEstimate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Looks over everything that is configured, before anything is made of it: nothing is opened but the files that are to be
 * read, and nobody is asked.
 */
final class ConfigurationCheck {

    /** The sections whose keys have to fit each other. */
    private static final List<Section> SECTIONS = List.of(
            new Section("perpetua.access", Access::keysRequired),
            new Section("perpetua.token_budget", Policies::budget),
            new Section("perpetua.mode", Policies::modes),
            new Section("perpetua.facts", Knowledge::rules),
            new Section("perpetua.qdrant", SharedIndex::find),
            new Section("perpetua.commands", Commands::check),
            new Section("perpetua.circuits", Resilience::circuitSettings),
            new Section("perpetua.vision", DocumentReading::check));

    private ConfigurationCheck() {}

    /**
     * A section that has rules beyond those of its keys.
     *
     * @param reading refuses what breaks them by an {@link IllegalArgumentException}
     */
    private record Section(String name, Function<Settings, ?> reading) {}

    /** What {@code environment} says, and all that is wrong with it. */
    static Configuration of(Environment environment, InstantSource clock) {
        var mistakes = new Mistakes();
        var settings = new Settings(environment);
        KeyCheck.check(environment, mistakes);
        SECTIONS.forEach(
                section -> mistakes.in(section.name(), () -> section.reading().apply(settings)));
        var table = ModelTable.load(
                PriceFiles.read(priceFiles(settings), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), mistakes));
        var offering = new OfferingReader(
                        WordEstimate.INSTANCE, Timeouts.DEFAULT, new Ids(), clock, (provider, address) -> provider)
                .read(environment, table, Map.of(), mistakes);
        return new Configuration(environment, settings, table, offering, mistakes);
    }

    /** The price lists that are to be read. */
    static List<Path> priceFiles(Settings settings) {
        var files = settings.find(Keys.PRICE_FILES);
        return files == null ? List.of() : files.stream().map(Path::of).toList();
    }
}
