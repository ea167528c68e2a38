package io.perpetua.application.chat;

import io.perpetua.application.Availability;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.chat.Answering.Bill;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.routing.Route;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Message;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A turn that only waits for its answer.
 *
 * @param route who may answer
 * @param dialogue where the turn belongs, null when the client wants no memory
 * @param context what the model is to be sent
 * @param stores which of them the turn has had to do without, so far
 */
record PreparedTurn(
        ChatRequest request, Route route, @Nullable Dialogue dialogue, Assembled context, Availability.Watch stores) {

    /** The same with more messages and other parameters, for another call of a provider. */
    PreparedTurn goingOn(List<Message> messages, String parameters) {
        return new PreparedTurn(request.with(parameters), route, dialogue, context.with(messages), stores);
    }

    /** The account of a turn that would be asked of the route's first. */
    TurnReport preview(Latencies latencies) {
        var first = route.first().model();
        return unanswered(first.provider(), first.name(), List.of(), false, CacheStatus.BYPASS, latencies);
    }

    /** The account of a turn that nobody has answered. */
    TurnReport unanswered(List<Attempt> attempts, CacheStatus cache, Latencies latencies) {
        var first = route.first().model();
        boolean others = attempts.stream()
                .anyMatch(each -> !each.provider().equals(first.provider())
                        || !each.model().equals(first.name()));
        return unanswered(null, null, attempts, others, cache, latencies);
    }

    /** The account of a turn whose answer broke off. */
    TurnReport broken(Answering answering, List<Attempt> attempts, CacheStatus cache, Latencies latencies) {
        return unanswered(answering.provider(), answering.model(), attempts, answering.fallback(), cache, latencies);
    }

    /** The account of a turn whose answer has begun. */
    TurnReport begun(Answering answering, CacheStatus cache, Latencies latencies) {
        return unanswered(answering.provider(), answering.model(), List.of(), answering.fallback(), cache, latencies);
    }

    /** The account of a turn that was answered and that {@code stored} holds, null where nothing was stored. */
    TurnReport answered(
            Answering answering,
            @Nullable Conversation stored,
            int turn,
            Bill bill,
            List<Attempt> attempts,
            CacheStatus cache,
            Latencies latencies) {
        return report(
                stored == null ? null : stored.key().id(),
                stored == null ? null : stored.forkedFrom(),
                turn,
                answering.provider(),
                answering.model(),
                attempts,
                answering.fallback(),
                cache,
                bill,
                latencies);
    }

    private TurnReport unanswered(
            @Nullable String provider,
            @Nullable String model,
            List<Attempt> attempts,
            boolean fallback,
            CacheStatus cache,
            Latencies latencies) {
        return report(
                dialogue == null ? null : dialogue.key().id(),
                dialogue == null ? null : dialogue.forkedFrom(),
                dialogue == null ? 0 : dialogue.turns() + dialogue.fresh().size(),
                provider,
                model,
                attempts,
                fallback,
                cache,
                null,
                latencies);
    }

    private List<String> degraded() {
        return Stream.concat(context.degraded().stream(), stores.missing().stream())
                .distinct()
                .toList();
    }

    private TurnReport report(
            @Nullable String conversationId,
            @Nullable String forkedFrom,
            int turn,
            @Nullable String provider,
            @Nullable String model,
            List<Attempt> attempts,
            boolean fallback,
            CacheStatus cache,
            @Nullable Bill bill,
            Latencies latencies) {
        return new TurnReport(
                conversationId,
                forkedFrom,
                turn,
                context.mode(),
                context.useRetrieval(),
                context.tokens(),
                context.anchors(),
                context.dropped(),
                route.intent(),
                provider,
                model,
                attempts,
                fallback,
                cache,
                bill == null ? null : bill.usage(),
                bill == null ? null : bill.dollars(),
                degraded(),
                latencies);
    }
}
