package io.perpetua.bootstrap.replay;

import io.micronaut.context.ApplicationContext;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.PreviewContext.Preview;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.routing.Models;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replays one conversation: each answer in it stands for a request, whose context is made and then thrown away. */
public final class ReplayEngine {

    /** Time between two requests of which a recording does not say that it was another. */
    static final Duration PACE = Duration.ofMinutes(1);

    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);

    private final PreviewContext preview;
    private final AddMemory memory;
    private final RollBrief briefs;
    private final ConversationKey key;
    private final MemoryOptions options;
    private Instant now = Instant.EPOCH;

    /**
     * Replays into the conversation {@code id}.
     *
     * @param budget another token budget than the configured one
     */
    public ReplayEngine(ApplicationContext context, String id, @Nullable Integer budget) {
        preview = context.getBean(PreviewContext.class);
        memory = context.getBean(AddMemory.class);
        briefs = context.getBean(RollBrief.class);
        key = new ConversationKey(SCOPE, id);
        options = new MemoryOptions(true, null, Strategy.CHAT, null, null, budget);
    }

    /** Is told what happens. */
    public interface Listener {

        /** A request was made; what it says of the past holds until this returns. */
        void requested(ReplayedRequest request);

        /**
         * A request was refused since it is larger than the model's window; what was said is remembered all the same.
         * Ends the replay if not overridden.
         */
        default void refused(RequestRefused refusal) {
            throw refusal;
        }

        /** Another message was gone through. */
        default void told(Message message) {}
    }

    /** Goes through {@code messages}, in order. */
    public void run(List<Dated> messages, Listener listener) {
        var instructions = new ArrayList<Message>();
        var past = new ArrayList<Message>();
        var said = new ArrayList<Dated>();
        for (Dated each : messages) {
            var message = each.message();
            if (message.role().instructs()) {
                instructions.add(message);
            } else if (message.role() == Role.ASSISTANT && !said.isEmpty()) {
                request(instructions, past, said, message, listener);
                said.add(each);
                said.forEach(one -> past.add(one.message()));
                remember(said);
                said.clear();
            } else {
                said.add(each);
            }
            listener.told(message);
        }
        if (!said.isEmpty()) {
            remember(said);
        }
    }

    private void request(
            List<Message> instructions, List<Message> past, List<Dated> said, Message answer, Listener listener) {
        var open = said.stream().map(Dated::message).toList();
        var messages = new ArrayList<>(instructions);
        messages.addAll(open);
        var request = new ChatRequest(
                Sender.LOCAL, key.id(), Models.AUTO, messages, "{}", 1, null, false, false, options, CacheUse.NONE);
        now = next(said.getLast().at());
        Preview made;
        try {
            made = preview.preview(request);
        } catch (RequestRefused e) {
            if (!e.code().equals(RequestRefused.CONTEXT_TOO_LONG)) {
                throw e;
            }
            listener.refused(e);
            return;
        }
        listener.requested(new ReplayedRequest(now, instructions, past, open, made.messages(), made.report(), answer));
    }

    /** The time of a request whose last words were said {@code at}. */
    private Instant next(@Nullable Instant at) {
        return at != null && at.isAfter(now) ? at : now.plus(PACE);
    }

    private void remember(List<Dated> said) {
        memory.add(SCOPE, key.id(), List.copyOf(said));
        briefs.roll(key);
    }
}
