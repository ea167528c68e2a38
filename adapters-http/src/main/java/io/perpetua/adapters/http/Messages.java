package io.perpetua.adapters.http;

import io.perpetua.adapters.http.json.RawObject;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Message;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a request's messages, each kept to the letter. */
@Singleton
public final class Messages {

    private static final String FIELD = "messages";

    private final MessageReader reader;

    Messages(MessageReader reader) {
        this.reader = reader;
    }

    /** The messages of {@code body}, not empty. */
    public List<Message> read(RawObject body) {
        var messages = new ArrayList<Message>();
        for (String wire : wires(body)) {
            messages.add(read(wire, messages.size()));
        }
        return messages;
    }

    /** The messages' own JSON, not empty. */
    public List<String> wires(RawObject body) {
        String array = body.get(FIELD);
        if (array == null) {
            throw refused("missing_required_parameter", FIELD, "is required: expected an array of messages");
        }
        var wires = RawObject.elements(array, FIELD);
        if (wires.isEmpty()) {
            throw refused("invalid_value", FIELD, "expected at least one message, found an empty array");
        }
        return wires;
    }

    /** The message number {@code index}, from 0. */
    public Message read(String wire, int index) {
        try {
            return reader.read(wire);
        } catch (MalformedMessage e) {
            throw refused("invalid_value", place(index, e.field()), e.problem());
        }
    }

    /** Where a field of a message is. */
    public static String place(int index, @Nullable String field) {
        return FIELD + "[" + index + "]" + (field == null || field.isEmpty() ? "" : "." + field);
    }

    private static RequestRefused refused(String code, String param, String problem) {
        return new RequestRefused(Reason.INVALID, code, param, "'" + param + "': " + problem);
    }
}
