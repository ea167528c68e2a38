package io.perpetua.bootstrap.replay;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.routing.Models;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.replay.Recordings.Recording;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays one recording: each answer in it stands for a request, whose context is made and then thrown away. */
final class ReplayEngine {

    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);

    private final PreviewContext preview;
    private final AddMemory memory;
    private final RollBrief briefs;
    private final ConversationKey key;
    private final MemoryOptions options;
    private final int promptCeiling;

    /**
     * Replays into the conversation {@code id}.
     *
     * @param budget another token budget than the configured one
     */
    ReplayEngine(ApplicationContext context, String id, @Nullable Integer budget) {
        preview = context.getBean(PreviewContext.class);
        memory = context.getBean(AddMemory.class);
        briefs = context.getBean(RollBrief.class);
        key = new ConversationKey(SCOPE, id);
        options = new MemoryOptions(true, null, Strategy.CHAT, null, null, budget);
        var policy = context.getBean(BudgetPolicy.class);
        var scaled = budget == null ? policy : policy.scaledTo(budget);
        promptCeiling = scaled.total() - scaled.completion();
    }

    ReplaySummary run(Recording recording, ProgressBar progress) {
        var summary = new ReplaySummary(recording.name(), promptCeiling);
        var instructions = new ArrayList<Message>();
        var said = new ArrayList<Dated>();
        for (Dated each : recording.messages()) {
            var message = each.message();
            if (message.role().instructs()) {
                instructions.add(message);
            } else if (message.role() == Role.ASSISTANT && !said.isEmpty()) {
                summary.add(request(instructions, said));
                said.add(each);
                remember(said);
                said.clear();
            } else {
                said.add(each);
            }
            progress.step(recording.name());
        }
        if (!said.isEmpty()) {
            remember(said);
        }
        summary.turns(recording.messages().size() - instructions.size());
        return summary;
    }

    private TurnReport request(List<Message> instructions, List<Dated> said) {
        var messages = new ArrayList<>(instructions);
        said.forEach(each -> messages.add(each.message()));
        var request = new ChatRequest(SCOPE, null, key.id(), Models.AUTO, messages, "{}", false, false, options);
        return preview.preview(request).report();
    }

    private void remember(List<Dated> said) {
        memory.add(SCOPE, key.id(), List.copyOf(said));
        briefs.roll(key);
    }
}
