package io.perpetua.application.routing;

import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.RecentCalls.Summary;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Use case: how every provider is, as far as asking it has shown. Asks nobody. Safe for concurrent use. */
public final class BrowseProviders {

    private final Offers offers;
    private final RouteTurn routes;
    private final Circuits circuits;
    private final RecentCalls recent;

    public BrowseProviders(Offers offers, RouteTurn routes, Circuits circuits, RecentCalls recent) {
        this.offers = offers;
        this.routes = routes;
        this.circuits = circuits;
        this.recent = recent;
    }

    /** How a provider is. */
    public enum Health {
        /** All of its models are asked. */
        UP,
        /** Some of its models rest, or are only tried. */
        DEGRADED,
        /** All of its models rest, or are only tried. */
        DOWN
    }

    /** A provider and its models: those on ladders first, then the others it lists, then those that were asked for by name. */
    public record Provider(String name, Health health, List<Model> models) {}

    /**
     * A model as it stands.
     *
     * @param scores what a turn through it is expected to be worth, for each intent on whose ladder it is
     */
    public record Model(String name, Condition condition, Map<Intent, Double> scores, Summary recent) {}

    public List<Provider> browse() {
        var offer = offers.now();
        var rungs = new LinkedHashSet<>(offer.rungs());
        rungs.addAll(recent.rungs());
        var byProvider = new LinkedHashMap<String, List<Model>>();
        for (Rung rung : rungs) {
            byProvider
                    .computeIfAbsent(rung.provider(), name -> new ArrayList<>())
                    .add(model(offer.ladders(), rung));
        }
        return byProvider.entrySet().stream()
                .map(each -> new Provider(each.getKey(), health(each.getValue()), each.getValue()))
                .toList();
    }

    private Model model(Ladders ladders, Rung rung) {
        var scores = new EnumMap<Intent, Double>(Intent.class);
        for (Intent intent : Intent.values()) {
            Double score = routes.scores(ladders, intent).apply(rung);
            if (score != null) {
                scores.put(intent, score);
            }
        }
        return new Model(rung.model(), circuits.condition(rung), scores, recent.of(rung));
    }

    private static Health health(List<Model> models) {
        long well = models.stream()
                .filter(model -> model.condition().state() == State.CLOSED)
                .count();
        if (well == models.size()) {
            return Health.UP;
        }
        return well == 0 ? Health.DOWN : Health.DEGRADED;
    }
}
