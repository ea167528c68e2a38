package io.perpetua.domain.conversation;

import java.util.List;

/** Short-hand for messages in tests. */
final class Said {

    private Said() {}

    static Message user(String text) {
        return plain(Role.USER, text);
    }

    static Message assistant(String text) {
        return plain(Role.ASSISTANT, text);
    }

    static Message calls(String function) {
        var call = new ToolCall("call_1", function, "{}");
        return new Message(Role.ASSISTANT, "", null, List.of(call), null, List.of(), "");
    }

    static Message report(String text) {
        return new Message(Role.TOOL, text, null, List.of(), "call_1", List.of(), "");
    }

    private static Message plain(Role role, String text) {
        return new Message(role, text, null, List.of(), null, List.of(), "");
    }
}
