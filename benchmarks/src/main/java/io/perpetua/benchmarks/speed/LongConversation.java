package io.perpetua.benchmarks.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.brief.RollBrief;
import io.perpetua.application.cache.CacheUse;
import io.perpetua.application.chat.ChatRequest;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.chat.PreviewContext;
import io.perpetua.application.chat.Sender;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.memory.AddMemory;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.application.routing.Models;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A made-up conversation in one server's memory, always the same. Not safe for concurrent use. */
final class LongConversation {

    /** Turns that an import gives at once. */
    static final int CHUNK = 200;

    private static final Scope SCOPE = new Scope(Scope.DEFAULT_TENANT, Scope.DEFAULT_NAMESPACE);
    private static final ConversationKey KEY = new ConversationKey(SCOPE, "long");
    private static final Instant BEGINNING = Instant.parse("2024-01-01T18:00:00Z");
    /** Turns of one evening, a minute each. */
    private static final int EVENING = 24;

    private final MessageReader reader;
    private final AddMemory memory;
    private final RollBrief briefs;
    private final PreviewContext preview;
    private final ObjectMapper json = new ObjectMapper();
    private final Talk talk = new Talk(1);
    private final Talk questions = new Talk(2);
    private int turns;

    LongConversation(ApplicationContext context) {
        reader = context.getBean(MessageReader.class);
        memory = context.getBean(AddMemory.class);
        briefs = context.getBean(RollBrief.class);
        preview = context.getBean(PreviewContext.class);
    }

    int turns() {
        return turns;
    }

    /** Goes on for so many turns, user and assistant by turns. */
    void grow(int count) {
        var said = new ArrayList<Dated>(count);
        for (int i = 0; i < count; i++, turns++) {
            Role role = turns % 2 == 0 ? Role.USER : Role.ASSISTANT;
            Instant at = BEGINNING.plus(Duration.ofDays(turns / EVENING)).plus(Duration.ofMinutes(turns % EVENING));
            said.add(new Dated(message(role, talk.turn()), at));
        }
        memory.add(SCOPE, KEY.id(), said);
    }

    /** Waits for the brief. */
    void settle() {
        briefs.roll(KEY);
    }

    /** The next question, as a chat request with nothing but itself. */
    ChatRequest request() {
        return new ChatRequest(
                Sender.LOCAL,
                KEY.id(),
                Models.AUTO,
                List.of(message(Role.USER, questions.question())),
                "{}",
                1,
                null,
                false,
                false,
                MemoryOptions.DEFAULT,
                CacheUse.NONE);
    }

    /** What a chat request does up to asking a model. */
    void assemble(ChatRequest request) {
        var made = preview.preview(request).report();
        if (!made.useRetrieval() || !made.degraded().isEmpty()) {
            throw new IllegalStateException("made without recall: " + made.degraded());
        }
    }

    private Message message(Role role, String text) {
        return reader.read(json.createObjectNode()
                .put("role", role.wire())
                .put("content", text)
                .toString());
    }
}
