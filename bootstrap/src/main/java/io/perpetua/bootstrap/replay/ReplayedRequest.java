package io.perpetua.bootstrap.replay;

import io.perpetua.application.chat.TurnReport;
import io.perpetua.domain.conversation.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A request of a replayed conversation.
 *
 * @param at when it was made
 * @param instructions the client's system messages
 * @param past every message before it, the oldest first; a view that grows with the replay
 * @param open what the client says now
 * @param sent what the model is sent
 * @param report the account of it
 * @param answer what was answered
 */
public record ReplayedRequest(
        Instant at,
        List<Message> instructions,
        List<Message> past,
        List<Message> open,
        List<Message> sent,
        TurnReport report,
        Message answer) {

    public ReplayedRequest {
        instructions = List.copyOf(instructions);
        past = Collections.unmodifiableList(past);
        open = List.copyOf(open);
        sent = List.copyOf(sent);
    }
}
