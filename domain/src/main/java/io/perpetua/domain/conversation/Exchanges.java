package io.perpetua.domain.conversation;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits turns into exchanges: what a user says, the tool calls and reports that follow, and the answer. An exchange is
 * never torn apart, for a model refuses a tool's report without its call, and a person misreads an answer without its
 * question.
 */
public final class Exchanges {

    private Exchanges() {}

    /** {@code turns}, ascending, cut before each turn that opens an exchange. */
    public static List<List<Turn>> of(List<Turn> turns) {
        var exchanges = new ArrayList<List<Turn>>();
        int start = 0;
        for (int i = 1; i <= turns.size(); i++) {
            if (i == turns.size()
                    || opens(turns.get(i - 1).message(), turns.get(i).message())) {
                exchanges.add(List.copyOf(turns.subList(start, i)));
                start = i;
            }
        }
        return exchanges;
    }

    /** Where the last exchange of {@code messages} begins: its index, 0 for no messages. */
    public static int lastStart(List<Message> messages) {
        for (int i = messages.size() - 1; i > 0; i--) {
            if (opens(messages.get(i - 1), messages.get(i))) {
                return i;
            }
        }
        return 0;
    }

    /** Whether {@code message} opens an exchange after {@code before}: a user speaks where none has just spoken. */
    private static boolean opens(Message before, Message message) {
        return message.role() == Role.USER && before.role() != Role.USER;
    }
}
