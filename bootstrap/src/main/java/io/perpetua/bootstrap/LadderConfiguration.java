package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.micronaut.core.type.Argument;
import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom each intent asks: what the section {@code perpetua.ladders} says of it, or under {@code default} of all that it does
 * not name, or else what {@code ladders.yml} does.
 */
final class LadderConfiguration {

    private static final String SECTION = "perpetua.ladders";
    private static final String DEFAULT = "default";

    private final Environment environment;
    private final Models models;
    private final Map<String, Object> shipped = Resources.yaml("ladders.yml");
    private final Set<String> known = KnownProvider.all().keySet();
    private final List<Target> everyone;

    LadderConfiguration(Environment environment, Models models) {
        this.environment = environment;
        this.models = models;
        everyone = everyone(models);
    }

    /** The keys that are read, as a configuration file spells them. */
    static Stream<String> keys() {
        return Stream.concat(
                Stream.of(SECTION + "." + DEFAULT),
                Stream.of(Intent.values()).flatMap(intent -> names(intent).map(name -> SECTION + "." + name)));
    }

    /** An intent's name, and before it, where it has a slash, how a variable spells it, for the environment wins. */
    private static Stream<String> names(Intent intent) {
        return Stream.of(intent.wire().replace('/', '_'), intent.wire()).distinct();
    }

    Ladders read() {
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(
                    intent,
                    names(intent)
                            .flatMap(name -> configured(name).stream())
                            .findFirst()
                            .or(() -> configured(DEFAULT))
                            .orElseGet(() -> shipped(intent)));
        }
        return new Ladders(ladders);
    }

    private Optional<List<Target>> configured(String name) {
        String key = SECTION + "." + name;
        return environment
                .getProperty(key.replace('_', '-'), Argument.listOf(String.class))
                .map(ids -> rungs(key, ids));
    }

    private List<Target> rungs(String key, List<String> ids) {
        var rungs = ids.stream().flatMap(id -> rung(key, id.strip()).stream()).toList();
        return rungs.isEmpty() ? everyone : rungs;
    }

    /** The rung {@code id}; nothing where its provider is one that is not on here. */
    private Optional<Target> rung(String key, String id) {
        String provider = parse(key, id).provider();
        try {
            return Optional.of(models.target(id));
        } catch (RequestRefused e) {
            if (known.contains(provider)) {
                return Optional.empty();
            }
            throw new Complaint(key + ": " + e.getMessage());
        }
    }

    private static Rung parse(String key, String id) {
        try {
            return Rung.of(id);
        } catch (IllegalArgumentException e) {
            throw new Complaint(key + ": expected a list of provider/model, found '" + id + "'.");
        }
    }

    private List<Target> shipped(Intent intent) {
        var ladder = new LinkedHashSet<Target>();
        if (shipped.get(intent.wire()) instanceof List<?> ids) {
            ids.forEach(
                    id -> Optional.ofNullable(nearest(Rung.of(id.toString()))).ifPresent(ladder::add));
        }
        var there = ladder.stream().map(rung -> rung.model().provider()).toList();
        everyone.stream()
                .filter(rung -> !there.contains(rung.model().provider()))
                .forEach(ladder::add);
        return List.copyOf(ladder);
    }

    /** The rung itself, or its provider's preferred model where it does not have that one. */
    private @Nullable Target nearest(Rung rung) {
        return models.all().stream()
                .filter(model -> model.id().equals(rung.id()))
                .findFirst()
                .map(model -> models.target(model.id()))
                .or(() -> everyone.stream()
                        .filter(each -> each.model().provider().equals(rung.provider()))
                        .findFirst())
                .orElse(null);
    }

    /** The preferred model of every provider; the one that is always there only where there is no other. */
    private static List<Target> everyone(Models models) {
        var preferred = new LinkedHashMap<String, Target>();
        models.all().forEach(model -> preferred.putIfAbsent(model.provider(), models.target(model.id())));
        if (preferred.size() > 1) {
            preferred.remove(OfflineProvider.NAME);
        }
        return List.copyOf(preferred.values());
    }
}
