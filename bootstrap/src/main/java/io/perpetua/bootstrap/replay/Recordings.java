package io.perpetua.bootstrap.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.memory.AddMemory.Dated;
import io.perpetua.bootstrap.Complaint;
import io.perpetua.bootstrap.FileFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded conversations: OpenAI messages as JSON (a list of messages, or an object or a list of objects with
 * {@code messages}), JSON lines of such objects, BEAM's re-packed chats, or LoCoMo's format.
 */
final class Recordings {

    private static final String CREATED_AT = "created_at";

    private final ObjectMapper json = new ObjectMapper();
    private final MessageReader reader;

    Recordings(MessageReader reader) {
        this.reader = reader;
    }

    /** A conversation and what to call it. */
    record Recording(String name, List<Dated> messages) {}

    List<Recording> read(Path file) {
        try {
            var recordings = new ArrayList<Recording>();
            try (var parser = json.createParser(file.toFile())) {
                for (JsonNode node = json.readTree(parser); node != null; node = json.readTree(parser)) {
                    add(file.getFileName().toString(), node, recordings);
                }
            }
            if (recordings.isEmpty()) {
                throw new Complaint("There is no conversation in " + file + ".");
            }
            return recordings;
        } catch (IOException e) {
            throw new Complaint(
                    "Not a recording: " + FileFaults.unreadable(file, e).getMessage());
        }
    }

    private void add(String file, JsonNode node, List<Recording> recordings) {
        if (node.isArray() && !node.isEmpty() && node.get(0).has("role")) {
            recordings.add(openAi(name(file, recordings), node));
        } else if (node.isArray()) {
            node.forEach(each -> add(file, each, recordings));
        } else if (BeamChats.holds(node)) {
            recordings.add(openAi(BeamChats.name(node), BeamChats.messages(node, CREATED_AT)));
        } else if (node.path("messages").isArray()) {
            String id = node.path("conversation_id").asText(node.path("id").asText(name(file, recordings)));
            recordings.add(openAi(id, node.get("messages")));
        } else if (LocomoTurns.areIn(node)) {
            recordings.add(locomo(node));
        } else {
            throw new Complaint(
                    "Not a recording: " + file + " has neither OpenAI messages nor conversations in LoCoMo's format.");
        }
    }

    private static String name(String file, List<Recording> before) {
        return before.isEmpty() ? file : file + " #" + (before.size() + 1);
    }

    private Recording openAi(String name, JsonNode messages) {
        var said = new ArrayList<Dated>();
        for (JsonNode node : messages) {
            if (!(node.deepCopy() instanceof ObjectNode message)) {
                throw new Complaint("Not a recording: " + name + ": expected a message, found " + node);
            }
            said.add(dated(message, createdAt(name, node)));
        }
        return new Recording(name, said);
    }

    private Recording locomo(JsonNode sample) {
        var said = new ArrayList<Dated>();
        for (var turn : LocomoTurns.of(sample)) {
            var message = json.createObjectNode()
                    .put("role", turn.role().wire())
                    .put("name", turn.speaker())
                    .put("content", turn.text());
            said.add(dated(message, turn.at()));
        }
        return new Recording(sample.path("sample_id").asText("conversation"), said);
    }

    private Dated dated(ObjectNode message, @Nullable Instant at) {
        message.remove(CREATED_AT);
        try {
            return new Dated(reader.read(message.toString()), at);
        } catch (MalformedMessage e) {
            throw new Complaint("Not a recording: " + e.getMessage());
        }
    }

    private static @Nullable Instant createdAt(String name, JsonNode message) {
        if (!message.has(CREATED_AT)) {
            return null;
        }
        try {
            return Instant.parse(message.get(CREATED_AT).asText());
        } catch (DateTimeParseException e) {
            throw new Complaint("Not a recording: " + name + ": " + CREATED_AT + ": expected a time such as "
                    + "2026-01-31T12:00:00Z, found " + message.get(CREATED_AT));
        }
    }
}
