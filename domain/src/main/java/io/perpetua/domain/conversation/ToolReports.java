package io.perpetua.domain.conversation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * The rule is the models' own: a tool's report without its call is refused by every provider, and so is a call that
 * something else follows than its reports. Told before a provider is asked, it names the message. Of the legacy calls,
 * whose id is the function's name, nothing is demanded, as OpenAI demands nothing of them.
 */
/** Judges whether the tools' reports among messages answer calls, and the calls are answered. */
public final class ToolReports {

    private ToolReports() {}

    /**
     * What is wrong with a message.
     *
     * @param index which message, from 0
     * @param field the field of it
     * @param problem what was expected and what was found, for people
     */
    public record Fault(int index, String field, String problem) {}

    /**
     * The first fault among {@code messages} from {@code from} on. Calls made before that may be left unanswered: they
     * were let in when they came.
     *
     * @param before the ids of the calls that the last assistant before {@code messages} made
     */
    public static @Nullable Fault fault(List<Message> messages, int from, Set<String> before) {
        var state = new State(before);
        for (int i = 0; i < messages.size(); i++) {
            var fault = state.accept(messages.get(i), i);
            if (i < from) {
                state.unanswered.clear();
            } else if (fault != null) {
                return fault;
            }
        }
        return state.left();
    }

    /** The ids of the calls that reports after {@code messages}, ascending, may answer. */
    public static Set<String> callsAtEnd(List<Message> messages) {
        for (Message message : messages.reversed()) {
            if (!message.role().reports()) {
                return ids(message);
            }
        }
        return Set.of();
    }

    private static Set<String> ids(Message message) {
        return message.toolCalls().stream().map(ToolCall::id).collect(Collectors.toUnmodifiableSet());
    }

    /** What has been called and what has been answered so far. */
    private static final class State {

        private Set<String> called;
        private final Set<String> unanswered = new HashSet<>();
        private int caller;

        State(Set<String> called) {
            this.called = called;
        }

        @Nullable
        Fault accept(Message message, int index) {
            return switch (message.role()) {
                case SYSTEM, DEVELOPER, FUNCTION -> null;
                case TOOL -> report(message, index);
                case USER, ASSISTANT -> next(message, index);
            };
        }

        private @Nullable Fault report(Message message, int index) {
            String id = String.valueOf(message.toolCallId());
            unanswered.remove(id);
            return called.contains(id)
                    ? null
                    : new Fault(
                            index,
                            "tool_call_id",
                            "expected the id of a call in the tool_calls of the assistant's message before, found '"
                                    + id + "'");
        }

        private @Nullable Fault next(Message message, int index) {
            var fault = left();
            called = ids(message);
            unanswered.clear();
            message.toolCalls().stream()
                    .filter(call -> !call.id().equals(call.name()))
                    .map(ToolCall::id)
                    .forEach(unanswered::add);
            caller = index;
            return fault;
        }

        @Nullable
        Fault left() {
            return unanswered.isEmpty()
                    ? null
                    : new Fault(
                            caller,
                            "tool_calls",
                            "expected a tool message for each call right after, found none for "
                                    + unanswered.stream().sorted().collect(Collectors.joining("', '", "'", "'")));
        }
    }
}
