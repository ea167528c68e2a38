package io.perpetua.bootstrap.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * BEAM's chats as they are re-packed, {@code {chat, messages[{id, role, content, time_anchor?}], questions[]}}: OpenAI
 * messages with an id, and a day where a session begins. A message without a day was said on that of the one before.
 */
final class BeamChats {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM-dd-yyyy", Locale.ENGLISH);
    /** What the generator left at the end of a message. */
    private static final Pattern TRAILER = Pattern.compile("\\s*->->[\\s\\d,]*$");

    private static final String ID = "id";
    private static final String CONTENT = "content";
    private static final String ANCHOR = "time_anchor";

    private BeamChats() {}

    /** Whether {@code node} is such a chat. */
    static boolean holds(JsonNode node) {
        return node.has("chat") && node.path("messages").isArray();
    }

    /** What to call it. */
    static String name(JsonNode chat) {
        return "chat " + chat.get("chat").asText();
    }

    /** The chat's messages as OpenAI writes them, each with a time where one is known. */
    static JsonNode messages(JsonNode chat, String timeField) {
        var messages = chat.get("messages").deepCopy();
        Instant at = null;
        for (JsonNode node : messages) {
            if (node instanceof ObjectNode message) {
                at = day(message.path(ANCHOR).asText(""), at);
                message.remove(ID);
                message.remove(ANCHOR);
                message.put(
                        CONTENT, TRAILER.matcher(message.path(CONTENT).asText()).replaceFirst(""));
                if (at != null) {
                    message.put(timeField, at.toString());
                }
            }
        }
        return messages;
    }

    private static @Nullable Instant day(String anchor, @Nullable Instant before) {
        try {
            return anchor.isEmpty()
                    ? before
                    : LocalDate.parse(anchor, DAY).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            return before;
        }
    }
}
