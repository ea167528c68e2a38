package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.env.Environment;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.ExplainRoute;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Retries;
import io.perpetua.application.routing.BrowseProviders;
import io.perpetua.application.routing.JudgeIntent;
import io.perpetua.application.routing.Ladders;
import io.perpetua.application.routing.LearnStandings;
import io.perpetua.application.routing.Models;
import io.perpetua.application.routing.RecentCalls;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.LadderOrder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which provider answers a turn. */
@Factory
final class Routing {

    @Singleton
    Ladders ladders(Environment environment, Models models) {
        return new LadderConfiguration(environment, models).read();
    }

    @Singleton
    JudgeIntent judgeIntent(@Nullable QuestionVectors questions) {
        return new JudgeIntent(IntentClassifier.shipped(), questions);
    }

    /**
     * How a ladder is ordered.
     *
     * @param exploration share of the turns that try another rung than the best first
     */
    @Singleton
    LadderOrder ladderOrder(@Value("${perpetua.routing.exploration:0.01}") double exploration) {
        return Policies.section("perpetua.routing", () -> LadderOrder.DEFAULT.exploring(exploration));
    }

    @Singleton
    LearnStandings learnStandings(StandingStore store, LadderOrder order) {
        return new LearnStandings(store, order.forgetting());
    }

    @Singleton
    RecentCalls recentCalls() {
        return new RecentCalls();
    }

    @Singleton
    RouteTurn routeTurn(
            Models models,
            Ladders ladders,
            JudgeIntent intents,
            LearnStandings standings,
            LadderOrder order,
            Circuits circuits,
            @Value("${perpetua.routing.pinned-fallback:false}") boolean pinnedFallsBack) {
        return new RouteTurn(
                models, ladders, intents, standings::of, order, circuits, ThreadLocalRandom::current, pinnedFallsBack);
    }

    @Singleton
    Questions questions(Conversations conversations) {
        return new Questions(conversations);
    }

    @Singleton
    ExplainRoute explainRoute(RouteTurn routes, Questions questions) {
        return new ExplainRoute(routes, questions);
    }

    @Singleton
    BrowseProviders browseProviders(
            Models models, Ladders ladders, RouteTurn routes, Circuits circuits, RecentCalls recent) {
        return new BrowseProviders(models, ladders, routes, circuits, recent);
    }

    /**
     * How providers are asked. What is asked by name and is on no ladder teaches nothing about one.
     *
     * @param rungPatience how long a rung is waited for as long as there is another below it
     */
    @Singleton
    Asking asking(
            Circuits circuits,
            Retries retries,
            Ladders ladders,
            LearnStandings standings,
            RecentCalls recent,
            @Value("${perpetua.timeouts.rung:12s}") Duration rungPatience) {
        if (!rungPatience.isPositive()) {
            throw new Complaint("perpetua.timeouts.rung: expected more than nothing, found " + rungPatience + ".");
        }
        return new Asking(circuits, retries, rungPatience, List.of(ladders.onLadders(standings), recent));
    }
}
