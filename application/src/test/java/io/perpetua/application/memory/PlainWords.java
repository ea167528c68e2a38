package io.perpetua.application.memory;

import io.perpetua.domain.conversation.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Words as they stand: runs of letters and digits. */
public enum PlainWords implements TurnWords {
    INSTANCE;

    @Override
    public List<String> of(Message message) {
        return ofQuery(message.name() == null ? message.text() : message.name() + ": " + message.text());
    }

    @Override
    public List<String> ofQuery(String query) {
        return Arrays.stream(query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
