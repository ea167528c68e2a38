package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.offline.OfflineProvider;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.bootstrap.configuration.Key;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Mistakes;
import io.perpetua.bootstrap.configuration.NearestKey;
import io.perpetua.bootstrap.configuration.Quote;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom each intent asks: what the section {@code perpetua.ladders} says of it, or under {@code default} of all that it does
 * not name, or else what {@code ladders.yml} does.
 */
final class LadderConfiguration {

    private static final int TYPING_ERROR = 2;

    private final Settings settings;
    private final Models models;
    private final Set<String> names;
    private final Mistakes mistakes;
    private final Map<String, Object> shipped = Resources.yaml("ladders.yml");
    private final List<Target> everyone;

    /**
     * Ladders of {@code models}.
     *
     * @param names of every provider that there may be, be it on or not
     * @param mistakes is told of rungs that are none
     */
    LadderConfiguration(Settings settings, Models models, Set<String> names, Mistakes mistakes) {
        this.settings = settings;
        this.models = models;
        this.names = names;
        this.mistakes = mistakes;
        everyone = everyone(models);
    }

    Ladders read() {
        var standard = configured(Keys.LADDER_DEFAULT);
        var ladders = new EnumMap<Intent, List<Target>>(Intent.class);
        for (Intent intent : Intent.values()) {
            ladders.put(
                    intent,
                    Keys.ladders(intent).stream()
                            .flatMap(key -> configured(key).stream())
                            .findFirst()
                            .or(() -> standard)
                            .orElseGet(() -> shipped(intent)));
        }
        return new Ladders(ladders);
    }

    private Optional<List<Target>> configured(Key<List<String>> key) {
        var ids = settings.find(key);
        return ids == null ? Optional.empty() : Optional.of(rungs(key.full(), ids));
    }

    private List<Target> rungs(String key, List<String> ids) {
        var rungs = ids.stream().flatMap(id -> rung(key, id).stream()).toList();
        return rungs.isEmpty() ? everyone : rungs;
    }

    /** The rung {@code id}; nothing where its provider is one that is not on here, or there is none of that name. */
    private Optional<Target> rung(String key, String id) {
        Rung rung;
        try {
            rung = Rung.of(id);
        } catch (IllegalArgumentException e) {
            mistakes.unfit(key, "a list of provider/model", Quote.of(id));
            return Optional.empty();
        }
        var target = target(rung);
        if (target.isEmpty() && !names.contains(rung.provider())) {
            mistakes.unfit(key, "providers that there are", Quote.of(id) + meant(rung.provider()));
        }
        return target;
    }

    /** Whoever serves {@code rung}; not somebody else who would be handed a model of that whole name. */
    private Optional<Target> target(Rung rung) {
        try {
            return Optional.of(models.target(rung.id()))
                    .filter(target -> target.model().provider().equals(rung.provider()));
        } catch (RequestRefused e) {
            return Optional.empty();
        }
    }

    /** Who was probably meant by {@code provider}. */
    private String meant(String provider) {
        return names.stream()
                .filter(name -> NearestKey.distance(name, provider) <= TYPING_ERROR)
                .findFirst()
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
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
