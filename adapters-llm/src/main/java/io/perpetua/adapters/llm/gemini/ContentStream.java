package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.SseEvent;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ProviderReply.Event.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one streamed answer: each event is a piece of the candidates, with the usage so far; the body's end is the end. */
final class ContentStream implements StreamReader {

    private final String asked;
    private final Supplier<String> ids;
    private final long created;
    private final Map<Integer, Integer> calls = new HashMap<>();
    private JsonNode usage = Json.object();
    private @Nullable Chunks chunks;
    private boolean anythingSaid;

    /**
     * A reader of an answer by the model {@code asked}.
     *
     * @param created seconds since 1970
     */
    ContentStream(String asked, Supplier<String> ids, long created) {
        this.asked = asked;
        this.ids = ids;
        this.created = created;
    }

    @Override
    public List<Heard> read(SseEvent event) {
        var json = Json.parseObject(event.data());
        if (json == null) {
            return List.of(new Heard.Nonsense("an event that is not a JSON object"));
        }
        if (Json.says(json.get("error"))) {
            return List.of(new Heard.Fault(json));
        }
        if (json.path("usageMetadata").isObject()) {
            usage = json.get("usageMetadata");
        }
        var heard = new ArrayList<Heard>();
        var writer = chunks;
        if (writer == null) {
            writer = open(json);
            chunks = writer;
            heard.add(Heard.Chunk.of(writer.preamble()));
        }
        for (var candidate : json.path("candidates")) {
            read(candidate, writer, heard);
        }
        if (!json.has("candidates") && Json.says(json.path("promptFeedback").get("blockReason"))) {
            heard.add(Heard.Chunk.of(writer.finish("content_filter")));
        }
        return heard;
    }

    private Chunks open(JsonNode json) {
        String id = Json.text(json.get("responseId"));
        return new Chunks(
                id == null ? "chatcmpl-" + ids.get() : id,
                created,
                json.path("modelVersion").asText(asked));
    }

    private void read(JsonNode candidate, Chunks writer, List<Heard> heard) {
        int index = candidate.path("index").asInt(0);
        var said = Said.of(candidate, ids);
        anythingSaid |= !said.isNothing();
        if (!said.reasoning().isEmpty()) {
            heard.add(content(writer, index, Json.object().put("reasoning_content", said.reasoning())));
        }
        if (!said.text().isEmpty()) {
            heard.add(content(writer, index, Json.object().put("content", said.text())));
        }
        for (var call : said.calls()) {
            var delta = Json.object();
            int place = calls.merge(index, 1, Integer::sum) - 1;
            delta.putArray("tool_calls").add(Json.object().put("index", place).setAll(call));
            heard.add(content(writer, index, delta));
        }
        String reason = Json.text(candidate.get("finishReason"));
        if (reason == null) {
            return;
        }
        if (FinishReasons.failed(reason) && !anythingSaid) {
            heard.add(new Heard.Nonsense("no answer, but " + reason));
        } else {
            heard.add(heard(writer.finish(index, FinishReasons.of(reason, calls.containsKey(index)))));
        }
    }

    @Override
    public List<Heard> rest() {
        var counted = ContentUsage.openAi(usage);
        return counted == null || chunks == null ? List.of() : List.of(heard(chunks.usage(counted)));
    }

    private static Heard content(Chunks writer, int index, ObjectNode delta) {
        return heard(writer.content(index, delta));
    }

    private static Heard heard(Chunk chunk) {
        return Heard.Chunk.of(chunk);
    }
}
