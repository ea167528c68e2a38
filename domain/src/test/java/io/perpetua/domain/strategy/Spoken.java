package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.conversation.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Short-hand for turns. */
final class Spoken {

    private Spoken() {}

    static Message user(String text) {
        return new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
    }

    static Message assistant(String text) {
        return new Message(Role.ASSISTANT, text, null, List.of(), null, List.of(), "{}");
    }

    static Message calls(String function, String arguments) {
        var call = new ToolCall("call", function, arguments);
        return new Message(Role.ASSISTANT, "", null, List.of(call), null, List.of(), "{}");
    }

    /** The messages as the turns from 1 on. */
    static List<Turn> turns(Message... messages) {
        var turns = new ArrayList<Turn>();
        for (Message message : messages) {
            turns.add(new Turn(turns.size() + 1, message, Instant.EPOCH, 1));
        }
        return turns;
    }

    /** A fenced block. */
    static String block(String info, String code) {
        return "```" + info + "\n" + code + "\n```";
    }
}
