package io.perpetua.adapters.http.memory;

import io.perpetua.adapters.http.Messages;
import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.memory.AddMemory.Dated;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads messages that may say when they were said; the date is ours, and leaves the message. */
@Singleton
final class DatedMessages {

    private static final String DATE = "created_at";

    private final Messages messages;

    DatedMessages(Messages messages) {
        this.messages = messages;
    }

    List<Dated> read(RawObject body) {
        var dated = new ArrayList<Dated>();
        for (String wire : messages.wires(body)) {
            dated.add(read(wire, dated.size()));
        }
        return dated;
    }

    private Dated read(String wire, int index) {
        String place = Messages.place(index, null);
        var raw = RawObject.of(wire, place);
        boolean hasDate = raw.get(DATE) != null;
        var fields = raw.fields(place, Set.of(DATE));
        return new Dated(messages.read(hasDate ? raw.without(Set.of(DATE)) : wire, index), fields.instantOrNull(DATE));
    }
}
