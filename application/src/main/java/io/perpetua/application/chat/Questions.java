package io.perpetua.application.chat;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.routing.RouteTurn.Question;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request asks, and what the user had said before. Safe for concurrent use. */
public final class Questions {

    /** How far back the user's message before is looked for: past an exchange with some calls of tools. */
    private static final int BACK = 8;

    private final Conversations conversations;

    public Questions(Conversations conversations) {
        this.conversations = conversations;
    }

    /**
     * The question in {@code said}.
     *
     * @param said the request's messages without its instructions
     * @param dialogue where they belong, null when the client wants no memory
     */
    Question of(List<Message> said, @Nullable Dialogue dialogue) {
        var user = said.stream().filter(each -> each.role() == Role.USER).toList();
        if (user.isEmpty()) {
            return new Question("", null);
        }
        String previous = user.size() > 1 ? user.get(user.size() - 2).text() : said(dialogue);
        return new Question(user.getLast().text(), previous);
    }

    /** What the user said last in the past of {@code dialogue}. */
    private @Nullable String said(@Nullable Dialogue dialogue) {
        if (dialogue == null || dialogue.past() == null || dialogue.turns() == 0) {
            return null;
        }
        var range = new TurnRange(Math.max(1, dialogue.turns() - BACK + 1), dialogue.turns());
        return conversations.turns(dialogue.past().key(), List.of(range)).reversed().stream()
                .map(Turn::message)
                .filter(message -> message.role() == Role.USER)
                .map(Message::text)
                .findFirst()
                .orElse(null);
    }
}
