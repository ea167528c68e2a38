package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.SseEvent;
import io.perpetua.adapters.llm.http.StreamReader;
import io.perpetua.adapters.llm.wire.Chunks;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.domain.usage.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chunks as OpenAI streams them, handed on as they came. Usage that stands where OpenAI's clients do not look for it
 * (Groq's {@code x_groq}, Moonshot's choices) is said once more at the end, where they do.
 */
final class OpenAiStream implements StreamReader {

    private static final String END_MARK = "[DONE]";

    /** The chunk that carried usage in a place of its provider's own, null when there is none. */
    private @Nullable ObjectNode usageElsewhere;

    private boolean usageSaid;

    @Override
    public List<Heard> read(SseEvent event) {
        if (event.data().strip().equals(END_MARK)) {
            return List.of(new Heard.End());
        }
        var json = Json.parseObject(event.data());
        if (event.type().equals("error")) {
            return List.of(new Heard.Fault(json == null ? Json.object().put("message", event.data()) : json));
        }
        if (json == null) {
            boolean ours = event.type().equals(SseEvent.DEFAULT_TYPE);
            return ours ? List.of(new Heard.Nonsense("a chunk that is not a JSON object")) : List.of();
        }
        if (Json.says(json.get("error"))) {
            return List.of(new Heard.Fault(json));
        }
        if (!json.path("choices").isArray()) {
            return List.of();
        }
        noteUsage(json);
        // Between JSON's tokens a line feed is as good as a space, and an event is handed on as one line.
        return List.of(new Heard.Chunk(event.data().replace('\n', ' '), json));
    }

    private void noteUsage(ObjectNode chunk) {
        if (chunk.path("usage").isObject()) {
            usageSaid = true;
        } else if (OpenAiUsage.of(chunk) != null) {
            usageElsewhere = chunk;
        }
    }

    @Override
    public List<Heard> rest() {
        var chunk = usageElsewhere;
        Usage usage = chunk == null ? null : OpenAiUsage.of(chunk);
        if (chunk == null || usage == null || usageSaid) {
            return List.of();
        }
        return List.of(Heard.Chunk.of(Chunks.like(chunk).usage(OpenAiUsage.write(usage))));
    }
}
