package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.Route;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn that only waits for its answer.
 *
 * @param route who may answer
 * @param dialogue where the turn belongs, null when the client wants no memory
 * @param context what the model is to be sent
 */
record PreparedTurn(
        ChatRequest request, Route route, @Nullable Dialogue dialogue, Assembled context) {

    /** The account of a turn that would be asked of the route's first. */
    TurnReport preview(Latencies latencies) {
        return unanswered(route.first().model(), List.of(), false, latencies);
    }

    /** The account of a turn that nobody has answered. */
    TurnReport unanswered(List<Attempt> attempts, Latencies latencies) {
        return unanswered(null, attempts, false, latencies);
    }

    /** The account of a turn whose answer has begun. */
    TurnReport begun(Answering answering, Latencies latencies) {
        return unanswered(answering.target().model(), List.of(), answering.fallback(), latencies);
    }

    /** The account of a turn that was answered and that {@code stored} holds, null where nothing was stored. */
    TurnReport answered(
            Answering answering,
            @Nullable Conversation stored,
            int turn,
            Usage usage,
            @Nullable Double dollars,
            List<Attempt> attempts,
            Latencies latencies) {
        return report(
                stored == null ? null : stored.key().id(),
                stored == null ? null : stored.forkedFrom(),
                turn,
                answering.target().model(),
                attempts,
                answering.fallback(),
                usage,
                dollars,
                latencies);
    }

    private TurnReport unanswered(
            @Nullable ModelInfo model, List<Attempt> attempts, boolean fallback, Latencies latencies) {
        return report(
                dialogue == null ? null : dialogue.key().id(),
                dialogue == null ? null : dialogue.forkedFrom(),
                dialogue == null ? 0 : dialogue.turns() + dialogue.fresh().size(),
                model,
                attempts,
                fallback,
                null,
                null,
                latencies);
    }

    private TurnReport report(
            @Nullable String conversationId,
            @Nullable String forkedFrom,
            int turn,
            @Nullable ModelInfo model,
            List<Attempt> attempts,
            boolean fallback,
            @Nullable Usage usage,
            @Nullable Double dollars,
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
                model == null ? null : model.provider(),
                model == null ? null : model.name(),
                attempts,
                fallback,
                false,
                usage,
                dollars,
                context.degraded(),
                latencies);
    }
}
