package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A streamed completion, read as strictly as it is written down: events that an empty line ends, each of which is a chunk
 * of one completion; its finish reason once; the server's account on the last chunk; {@code [DONE]} at the end, and nothing
 * after it.
 */
final class EventStream {

    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private EventStream() {}

    /** The chunks of {@code body}. */
    static List<JsonNode> chunks(String body, ObjectMapper json) throws Failed {
        var events = events(body);
        Failed.unless(!events.isEmpty() && events.getLast().equals(DONE), "the stream does not end in [DONE]");
        var chunks = new ArrayList<JsonNode>();
        for (String event : events.subList(0, events.size() - 1)) {
            chunks.add(chunk(event, json));
        }
        Failed.unless(!chunks.isEmpty(), "the stream has no chunk");
        check(chunks);
        return chunks;
    }

    /** The text that {@code chunks} amount to. */
    static String text(List<JsonNode> chunks) {
        var text = new StringBuilder();
        chunks.forEach(chunk -> text.append(
                chunk.path("choices").path(0).path("delta").path("content").asText("")));
        return text.toString();
    }

    /** The data of each event. */
    private static List<String> events(String body) throws Failed {
        Failed.unless(body.endsWith("\n\n"), "the stream breaks off within an event");
        var events = new ArrayList<String>();
        for (String event : body.split("\n\n", -1)) {
            if (event.isEmpty() || event.startsWith(":")) {
                continue;
            }
            Failed.unless(
                    event.startsWith(DATA) && event.indexOf('\n') < 0,
                    "the stream has an event that is none: " + Answer.clip(event));
            events.add(event.substring(DATA.length()));
        }
        return events;
    }

    private static JsonNode chunk(String event, ObjectMapper json) throws Failed {
        Failed.unless(!event.equals(DONE), "the stream goes on after [DONE]");
        try {
            return json.readTree(event);
        } catch (JsonProcessingException e) {
            throw new Failed("the stream has a chunk that is no JSON: " + Answer.clip(event));
        }
    }

    private static void check(List<JsonNode> chunks) throws Failed {
        var id = chunks.getFirst().path("id");
        int finished = 0;
        for (JsonNode chunk : chunks) {
            Failed.unless(
                    !chunk.has("error"),
                    "the stream has an error: " + chunk.path("error").path("message"));
            Failed.unless(
                    chunk.path("object").asText().equals("chat.completion.chunk"),
                    "the stream has something else than chunks: " + Answer.clip(chunk.toString()));
            Failed.unless(chunk.path("id").equals(id), "the chunks are not of one completion");
            finished += chunk.path("choices").path(0).path("finish_reason").isTextual() ? 1 : 0;
        }
        Failed.unless(finished == 1, "the stream has " + finished + " finish reasons");
        Failed.unless(chunks.getLast().has("perpetual_metadata"), "the last chunk is without perpetual_metadata");
    }
}
