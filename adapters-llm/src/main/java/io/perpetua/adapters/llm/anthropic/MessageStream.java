package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.SseEvent;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one streamed message: its blocks open, grow and close one after the other. */
final class MessageStream implements StreamReader {

    private final String asked;
    private final long created;
    private final ObjectNode usage = Json.object();
    private final ArrayNode thoughts = Json.array();
    private Chunks chunks;
    /** The block that is open, null between blocks. */
    private @Nullable ObjectNode open;

    private boolean openHasInput;
    private int calls;

    /**
     * A reader of an answer by the model {@code asked}.
     *
     * @param created seconds since 1970
     */
    MessageStream(String asked, long created) {
        this.asked = asked;
        this.created = created;
        this.chunks = new Chunks("", created, asked);
    }

    @Override
    public List<Heard> read(SseEvent event) {
        var json = Json.parseObject(event.data());
        if (json == null) {
            return List.of(new Heard.Nonsense("an event that is not a JSON object"));
        }
        return switch (json.path("type").asText()) {
            case "message_start" -> start(json.path("message"));
            case "content_block_start" -> startBlock(json.path("content_block"));
            case "content_block_delta" -> grow(json.path("delta"));
            case "content_block_stop" -> stopBlock();
            case "message_delta" -> finish(json);
            case "message_stop" -> List.of(new Heard.End());
            case "error" -> List.of(new Heard.Fault(json));
            default -> List.of(); // ping, and events to come, which clients are to ignore
        };
    }

    @Override
    public List<Heard> rest() {
        var counted = MessageUsage.openAi(usage);
        return counted == null ? List.of() : heard(chunks.usage(counted));
    }

    private List<Heard> start(JsonNode message) {
        chunks = new Chunks(
                message.path("id").asText(), created, message.path("model").asText(asked));
        note(message.path("usage"));
        return heard(chunks.preamble());
    }

    /** Counts are running totals, and later events leave out what has not changed. */
    private void note(JsonNode counts) {
        counts.properties().stream()
                .filter(count -> Json.says(count.getValue()))
                .forEach(count -> usage.set(count.getKey(), count.getValue()));
    }

    private List<Heard> startBlock(JsonNode block) {
        if (!(block instanceof ObjectNode begun)) {
            return List.of(new Heard.Nonsense("a block without content"));
        }
        open = begun;
        openHasInput = false;
        return switch (begun.path("type").asText()) {
            case "text" -> content("content", begun.path("text").asText());
            case "thinking" ->
                content("reasoning_content", begun.path("thinking").asText());
            case "tool_use" -> {
                var call = Json.object().put("id", begun.path("id").asText()).put("type", "function");
                call.putObject("function")
                        .put("name", begun.path("name").asText())
                        .put("arguments", "");
                Thoughts.attach(call, asked, thoughts);
                yield call(call);
            }
            default -> List.of();
        };
    }

    private List<Heard> grow(JsonNode delta) {
        return switch (delta.path("type").asText()) {
            case "text_delta" -> content("content", delta.path("text").asText());
            case "thinking_delta" -> {
                append("thinking", delta);
                yield content("reasoning_content", delta.path("thinking").asText());
            }
            case "signature_delta" -> {
                append("signature", delta);
                yield List.of();
            }
            case "input_json_delta" -> arguments(delta.path("partial_json").asText());
            default -> List.of(); // citations
        };
    }

    private void append(String field, JsonNode delta) {
        if (open != null) {
            open.put(field, open.path(field).asText() + delta.path(field).asText());
        }
    }

    private List<Heard> stopBlock() {
        var closed = open;
        open = null;
        if (closed == null) {
            return List.of();
        }
        if (Thoughts.isThought(closed)) {
            thoughts.add(closed);
        }
        boolean call = closed.path("type").asText().equals("tool_use");
        var told = call && !openHasInput ? arguments(Json.write(closed.path("input"))) : List.<Heard>of();
        calls += call ? 1 : 0;
        return told;
    }

    private List<Heard> arguments(String piece) {
        if (piece.isEmpty()) {
            return List.of();
        }
        openHasInput = true;
        var call = Json.object();
        call.putObject("function").put("arguments", piece);
        return call(call);
    }

    private List<Heard> call(ObjectNode call) {
        var delta = Json.object();
        delta.putArray("tool_calls").add(Json.object().put("index", calls).setAll(call));
        return heard(chunks.content(delta));
    }

    private List<Heard> content(String field, String piece) {
        return piece.isEmpty() ? List.of() : heard(chunks.content(Json.object().put(field, piece)));
    }

    private List<Heard> finish(JsonNode event) {
        note(event.path("usage"));
        String reason = Json.text(event.path("delta").get("stop_reason"));
        return reason == null ? List.of() : heard(chunks.finish(StopReasons.finishReason(reason)));
    }

    private static List<Heard> heard(Chunk chunk) {
        return List.of(Heard.Chunk.of(chunk));
    }
}
