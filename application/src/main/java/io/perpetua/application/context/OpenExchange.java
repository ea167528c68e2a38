package io.perpetua.application.context;

import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exchange that a request belongs to: what the user says and, when tools are at work, the calls and reports after it.
 *
 * @param stored its turns that are stored already
 * @param messages all of it
 */
record OpenExchange(List<Turn> stored, List<Message> messages) {

    OpenExchange {
        stored = List.copyOf(stored);
        messages = List.copyOf(messages);
    }

    /**
     * The last exchange of what is stored and what comes after it.
     *
     * @param tail the conversation's last turns, ascending
     * @param fresh what the request adds
     */
    static OpenExchange of(List<Turn> tail, List<Message> fresh) {
        var said = new ArrayList<Message>();
        tail.forEach(turn -> said.add(turn.message()));
        said.addAll(fresh);
        int start = Exchanges.lastStart(said);
        var stored = start < tail.size() ? tail.subList(start, tail.size()) : List.<Turn>of();
        return new OpenExchange(stored, said.subList(start, said.size()));
    }

    /** Whether it may have begun before {@code tail} does. */
    boolean reachesBeyond(List<Turn> tail) {
        return !tail.isEmpty() && stored.size() == tail.size();
    }

    /** What is asked: the user's last words, or failing those the last of all. */
    String question() {
        Message asked = asked();
        return asked == null ? messages.getLast().text() : asked.text();
    }

    /** The user's last message, null where the user has not spoken. */
    @Nullable
    Message asked() {
        return messages.reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .orElse(null);
    }
}
