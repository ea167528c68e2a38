package io.perpetua.application.conversation;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import java.util.List;

/** Short-hand for messages in tests. */
public final class Said {

    private Said() {}

    public static Message system(String text) {
        return PlainMessages.INSTANCE.compose(Role.SYSTEM, text);
    }

    public static Message user(String text) {
        return PlainMessages.INSTANCE.compose(Role.USER, text);
    }

    public static Message assistant(String text) {
        return PlainMessages.INSTANCE.compose(Role.ASSISTANT, text);
    }

    /** An assistant that wants {@code function} run and says nothing else. */
    public static Message calls(String function) {
        var call = new ToolCall("call_" + function, function, "{}");
        return new Message(Role.ASSISTANT, "", null, List.of(call), null, List.of(), "{\"role\":\"assistant\"}");
    }

    /** What the tool called {@code function} reports. */
    public static Message report(String function, String text) {
        return new Message(Role.TOOL, text, null, List.of(), "call_" + function, List.of(), "{\"role\":\"tool\"}");
    }
}
