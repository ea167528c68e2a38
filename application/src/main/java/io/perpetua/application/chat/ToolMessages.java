package io.perpetua.application.chat;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolReports;
import java.util.List;
import java.util.Set;

/** Refuses requests whose tool messages and calls of tools do not belong together. */
final class ToolMessages {

    private ToolMessages() {}

    /**
     * Checks what is new in a request.
     *
     * @param messages all of them
     * @param known how many of them, instructions not counted, were let in before
     * @param before the ids of the calls at the end of what is stored
     * @throws RequestRefused naming the message
     */
    static void check(List<Message> messages, int known, Set<String> before) {
        var fault = ToolReports.fault(messages, position(messages, known), before);
        if (fault != null) {
            String param = "messages[" + fault.index() + "]." + fault.field();
            throw new RequestRefused(Reason.INVALID, "invalid_value", param, "'" + param + "': " + fault.problem());
        }
    }

    /** Behind the first {@code known} of {@code messages} that are no instructions. */
    private static int position(List<Message> messages, int known) {
        int position = 0;
        int passed = 0;
        while (passed < known) {
            if (!messages.get(position).role().instructs()) {
                passed++;
            }
            position++;
        }
        return position;
    }
}
