package io.perpetua.adapters.vectordb.words;

import io.perpetua.application.memory.TurnWords;
import io.perpetua.domain.conversation.Message;
import jakarta.inject.Singleton;
import java.util.List;

/** The words that every index of this module knows turns by. */
@Singleton
final class AnalysedWords implements TurnWords {

    @Override
    public List<String> of(Message message) {
        return Words.of(message);
    }

    @Override
    public List<String> ofQuery(String query) {
        return Words.ofQuery(query);
    }
}
