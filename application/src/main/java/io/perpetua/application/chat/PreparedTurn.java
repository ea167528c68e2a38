package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn that only waits for its answer.
 *
 * @param target who is to answer
 * @param dialogue where the turn belongs, null when the client wants no memory
 * @param context what the model is to be sent
 */
record PreparedTurn(
        ChatRequest request, Target target, @Nullable Dialogue dialogue, Assembled context) {

    /** The account as far as it is known while nobody has answered. */
    TurnReport report(Latencies latencies) {
        int asked = dialogue == null ? 0 : dialogue.turns() + dialogue.fresh().size();
        return report(
                dialogue == null ? null : dialogue.key().id(),
                dialogue == null ? null : dialogue.forkedFrom(),
                asked,
                null,
                List.of(),
                latencies);
    }

    /** The account of a turn that {@code model} answered and {@code stored} holds, null where nothing was stored. */
    TurnReport report(
            @Nullable Conversation stored, int turn, Usage usage, List<Attempt> attempts, Latencies latencies) {
        return report(
                stored == null ? null : stored.key().id(),
                stored == null ? null : stored.forkedFrom(),
                turn,
                usage,
                attempts,
                latencies);
    }

    private TurnReport report(
            @Nullable String conversationId,
            @Nullable String forkedFrom,
            int turn,
            @Nullable Usage usage,
            List<Attempt> attempts,
            Latencies latencies) {
        var model = target.model();
        return new TurnReport(
                conversationId,
                forkedFrom,
                turn,
                context.mode(),
                context.useRetrieval(),
                context.tokens(),
                context.anchors(),
                context.dropped(),
                null,
                model.provider(),
                model.name(),
                attempts,
                false,
                false,
                usage,
                usage == null || model.price() == null ? null : model.price().of(usage),
                context.degraded(),
                latencies);
    }
}
