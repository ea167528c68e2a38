package io.perpetua.application.routing;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.LadderOrder;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Use case: whom to ask, in which order, and why. Safe for concurrent use. */
public final class RouteTurn {

    private final Offers offers;
    private final JudgeIntent intents;
    private final Function<Intent, Standings> learnt;
    private final LadderOrder order;
    private final Circuits circuits;
    private final Supplier<RandomGenerator> random;
    private final boolean namedFallsBack;

    /**
     * Routes down the ladders on offer.
     *
     * @param learnt what is known of the rungs for an intent
     * @param order how that orders a ladder
     * @param random for the thread that asks
     * @param namedFallsBack whether a model that the client named is followed by the ladder of the request's intent
     */
    public RouteTurn(
            Offers offers,
            JudgeIntent intents,
            Function<Intent, Standings> learnt,
            LadderOrder order,
            Circuits circuits,
            Supplier<RandomGenerator> random,
            boolean namedFallsBack) {
        this.offers = offers;
        this.intents = intents;
        this.learnt = learnt;
        this.order = order;
        this.circuits = circuits;
        this.random = random;
        this.namedFallsBack = namedFallsBack;
    }

    /**
     * What a request asks.
     *
     * @param message the user's newest message, empty when there is none
     * @param previous the user's message before it, null when there is none
     */
    public record Question(String message, @Nullable String previous) {

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "Question[" + message.length() + " characters]";
        }
    }

    /**
     * Routes a request.
     *
     * @param model {@code auto}, {@code provider/model}, or a bare name
     * @throws RequestRefused when nobody serves that model
     */
    public Route route(String model, Question question) {
        return route(offers.now(), model, question, order);
    }

    private Route route(Offer offer, String model, Question question, LadderOrder by) {
        if (!model.equals(Models.AUTO)) {
            return named(offer, offer.models().target(model), question, by);
        }
        var judgement = intents.judge(question.message(), question.previous());
        var ladder = offer.ladders().of(judgement.intent());
        var rungs = ordered(ladder, judgement.intent(), by);
        return new Route(
                judgement.intent(),
                rungs,
                judgement.reason() + "; " + why(ladder, judgement.intent(), rungs),
                judgement.words());
    }

    private Route named(Offer offer, Target target, Question question, LadderOrder by) {
        if (!namedFallsBack) {
            var judgement = intents.judgeByWords(question.message(), question.previous());
            return new Route(judgement.intent(), List.of(target), asked(target), List.of());
        }
        var judgement = intents.judge(question.message(), question.previous());
        var rungs = new LinkedHashSet<Target>();
        rungs.add(target);
        rungs.addAll(ordered(offer.ladders().of(judgement.intent()), judgement.intent(), by));
        return new Route(
                judgement.intent(),
                List.copyOf(rungs),
                asked(target) + ", and falls back down the ladder of " + judgement.reason(),
                judgement.words());
    }

    private static String asked(Target target) {
        return "the request names " + target.model().id();
    }

    private List<Target> ordered(List<Target> ladder, Intent intent, LadderOrder by) {
        var rungs = ladder.stream().map(Target::rung).toList();
        var ordered = new ArrayList<Target>();
        for (Rung rung : by.order(rungs, learnt.apply(intent), random.get())) {
            ordered.add(ladder.get(rungs.indexOf(rung)));
        }
        return ordered;
    }

    /** Where {@code rungs} first differ from the ladder, and whose doing that is. */
    private String why(List<Target> ladder, Intent intent, List<Target> rungs) {
        if (!rungs.equals(ordered(ladder, intent, order.exploring(0)))) {
            return rungs.getFirst().model().id() + " is tried first by chance";
        }
        for (int i = 0; i < rungs.size(); i++) {
            if (!rungs.get(i).equals(ladder.get(i))) {
                return "by what was learnt " + rungs.get(i).model().id() + " stands before "
                        + ladder.get(i).model().id();
            }
        }
        return "the ladder as configured";
    }

    /**
     * A rung as it stands.
     *
     * @param score what a turn through it is expected to be worth, at most 1; null for a rung of no ladder of the intent
     */
    public record Explained(Target target, @Nullable Double score, Circuits.Condition condition) {}

    /**
     * A route with how it stands.
     *
     * @param rungs those of the route, in its order
     */
    public record Explanation(Route route, List<Explained> rungs) {}

    /**
     * The route of a request as it would be but for chance, and how each of its rungs stands.
     *
     * @param model {@code auto}, {@code provider/model}, or a bare name
     * @param access what the client may ask
     * @throws RequestRefused when nobody serves that model, or nobody who may be asked
     */
    public Explanation explain(String model, Question question, Access access) {
        var offer = offers.now();
        var route = route(offer, model, question, order.exploring(0)).permitted(access);
        var scores = scores(offer.ladders(), route.intent());
        return new Explanation(
                route,
                route.rungs().stream()
                        .map(target ->
                                new Explained(target, scores.apply(target.rung()), circuits.condition(target.rung())))
                        .toList());
    }

    /** What the rungs of an intent's ladder are worth; null for any other. */
    Function<Rung, @Nullable Double> scores(Ladders ladders, Intent intent) {
        var worth = order.worth(ladders.of(intent).stream().map(Target::rung).toList(), learnt.apply(intent));
        return worth::get;
    }
}
