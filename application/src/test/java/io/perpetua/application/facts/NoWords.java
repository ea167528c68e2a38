package io.perpetua.application.facts;

import io.perpetua.application.memory.TurnWords;
import io.perpetua.domain.conversation.Message;
import java.util.List;

/** Finds no word in anything. */
final class NoWords implements TurnWords {

    @Override
    public List<String> of(Message message) {
        return List.of();
    }

    @Override
    public List<String> ofQuery(String query) {
        return List.of();
    }
}
