package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import io.perpetua.application.routing.ProviderReply.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Writes the chunks of one streamed answer. Immutable. */
public final class Chunks {

    private final String id;
    private final long created;
    private final String model;

    /**
     * Chunks of the answer {@code id}.
     *
     * @param created seconds since 1970
     */
    public Chunks(String id, long created, String model) {
        this.id = id;
        this.created = created;
        this.model = model;
    }

    /** Chunks of the answer that {@code part} is, or is a chunk of. */
    public static Chunks like(JsonNode part) {
        return new Chunks(
                part.path("id").asText(),
                part.path("created").asLong(),
                part.path("model").asText());
    }

    /** A whole completion cut into chunks, for a client that asked for a stream where the provider had none. */
    public static List<Chunk> of(JsonNode completion) {
        var chunks = like(completion);
        var events = new ArrayList<Chunk>();
        events.add(chunks.chunk(Kind.PREAMBLE, chunks.each(completion, choice -> opening())));
        events.add(chunks.chunk(Kind.CONTENT, chunks.each(completion, Chunks::delta)));
        events.add(chunks.finish(completion));
        if (completion.path("usage").isObject()) {
            events.add(chunks.usage(completion.path("usage")));
        }
        return events;
    }

    /** The chunk that opens the stream. */
    public Chunk preamble() {
        return chunk(Kind.PREAMBLE, Json.array().add(choice(0, opening())));
    }

    /** A chunk that carries {@code delta}. */
    public Chunk content(ObjectNode delta) {
        return content(0, delta);
    }

    /** A chunk that carries {@code delta} of the choice {@code index}. */
    public Chunk content(int index, ObjectNode delta) {
        return chunk(Kind.CONTENT, Json.array().add(choice(index, delta)));
    }

    /** The chunk that says why the answer ended. */
    public Chunk finish(String reason) {
        return finish(0, reason);
    }

    /** The chunk that says why the choice {@code index} ended. */
    public Chunk finish(int index, String reason) {
        return chunk(Kind.FINISH, Json.array().add(choice(index, Json.object()).put("finish_reason", reason)));
    }

    /** The chunk that carries the usage. */
    public Chunk usage(JsonNode usage) {
        var json = base();
        json.set("choices", Json.array());
        json.set("usage", usage);
        return new Chunk(Json.write(json), Kind.USAGE);
    }

    private Chunk finish(JsonNode completion) {
        var choices = each(completion, choice -> Json.object());
        for (int i = 0; i < choices.size(); i++) {
            var reason = completion.path("choices").path(i).path("finish_reason");
            ((ObjectNode) choices.get(i)).put("finish_reason", reason.isTextual() ? reason.textValue() : "stop");
        }
        return chunk(Kind.FINISH, choices);
    }

    private ArrayNode each(JsonNode completion, Function<JsonNode, ObjectNode> delta) {
        var choices = Json.array();
        for (int i = 0; i < completion.path("choices").size(); i++) {
            choices.add(choice(i, delta.apply(completion.path("choices").path(i))));
        }
        return choices;
    }

    private static ObjectNode delta(JsonNode choice) {
        var delta = Json.object();
        choice.path("message").properties().forEach(field -> delta.set(field.getKey(), field.getValue()));
        delta.remove("role");
        if (delta.get("tool_calls") instanceof ArrayNode calls) {
            var numbered = calls.deepCopy();
            for (int i = 0; i < numbered.size(); i++) {
                if (numbered.get(i) instanceof ObjectNode call) {
                    call.put("index", i);
                }
            }
            delta.set("tool_calls", numbered);
        }
        return delta;
    }

    private static ObjectNode opening() {
        return Json.object().put("role", "assistant").put("content", "");
    }

    private static ObjectNode choice(int index, ObjectNode delta) {
        var choice = Json.object().put("index", index);
        choice.set("delta", delta);
        return choice.putNull("finish_reason");
    }

    private Chunk chunk(Kind kind, ArrayNode choices) {
        var json = base();
        json.set("choices", choices);
        return new Chunk(Json.write(json), kind);
    }

    private ObjectNode base() {
        return Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", model);
    }
}
