package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.perpetua.application.chat.CommandTool;
import io.perpetua.application.chat.CompleteChat.Asking;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.ExplainRoute;
import io.perpetua.application.chat.Questions;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Retries;
import io.perpetua.application.routing.BrowseProviders;
import io.perpetua.application.routing.JudgeIntent;
import io.perpetua.application.routing.LearnStandings;
import io.perpetua.application.routing.Offers;
import io.perpetua.application.routing.RecentCalls;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.routing.IntentClassifier;
import io.perpetua.domain.routing.LadderOrder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which provider answers a turn. */
@Factory
final class Routing {

    @Singleton
    JudgeIntent judgeIntent(@Nullable QuestionVectors questions) {
        return new JudgeIntent(IntentClassifier.shipped(), questions);
    }

    @Singleton
    LadderOrder ladderOrder(Settings settings) {
        return LadderOrder.DEFAULT.exploring(settings.get(Keys.EXPLORATION));
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
            Offers offers,
            JudgeIntent intents,
            LearnStandings standings,
            LadderOrder order,
            Circuits circuits,
            Settings settings) {
        return new RouteTurn(
                offers,
                intents,
                standings::of,
                order,
                circuits,
                ThreadLocalRandom::current,
                settings.get(Keys.PINNED_FALLBACK));
    }

    @Singleton
    Questions questions(RecordInUse record) {
        return new Questions(record.turnConversations());
    }

    @Singleton
    ExplainRoute explainRoute(RouteTurn routes, Questions questions) {
        return new ExplainRoute(routes, questions);
    }

    @Singleton
    BrowseProviders browseProviders(Offers offers, RouteTurn routes, Circuits circuits, RecentCalls recent) {
        return new BrowseProviders(offers, routes, circuits, recent);
    }

    @Singleton
    Asking asking(Circuits circuits, Retries retries, Settings settings, @Nullable CommandTool tool) {
        return new Asking(circuits, retries, settings.get(Keys.RUNG), tool);
    }

    /** Who hears of calls and turns. What is asked by name and is on no ladder teaches nothing about one. */
    @Singleton
    Listeners listeners(
            Offers offers,
            LearnStandings standings,
            RecentCalls recent,
            List<EndedTurn.Listener> turns,
            Tracing tracing) {
        return new Listeners(List.of(offers.onLadders(standings), recent), turns, tracing);
    }
}
