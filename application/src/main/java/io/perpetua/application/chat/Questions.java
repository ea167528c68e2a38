package io.perpetua.application.chat;

import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.routing.RouteTurn.Question;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolReports;
import io.perpetua.domain.conversation.Turn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request asks, and what had been said before it. Safe for concurrent use. */
public final class Questions {

    /** How far back the user's message before is looked for: past an exchange with some calls of tools. */
    private static final int BACK = 8;

    /** The same for the calls of tools that a request reports of: past as many as one answer may make. */
    private static final int FAR_BACK = 160;

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
        return last(dialogue, BACK).reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .map(Message::text)
                .findFirst()
                .orElse(null);
    }

    /** The ids of the calls of tools at the end of the past of {@code dialogue}. */
    Set<String> callsBefore(Dialogue dialogue) {
        if (dialogue.past() == null || dialogue.turns() == 0) {
            return Set.of();
        }
        var near = ToolReports.callsAtEnd(last(dialogue, BACK));
        return near.isEmpty() ? ToolReports.callsAtEnd(last(dialogue, FAR_BACK)) : near;
    }

    private List<Message> last(Dialogue dialogue, int most) {
        int turns = dialogue.turns();
        return dialogue.turns(conversations, Math.max(1, turns - most + 1), turns).stream()
                .map(Turn::message)
                .toList();
    }
}
