package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import org.jspecify.annotations.Nullable;

/** What a message used. Its {@code input_tokens} are the fresh ones only: what was cached, or written there, comes on top. */
final class MessageUsage {

    private MessageUsage() {}

    /** In OpenAI's words, null when nothing was counted. */
    static @Nullable ObjectNode openAi(JsonNode usage) {
        if (Json.count(usage, "input_tokens") < 0) {
            return null;
        }
        int read = known(usage, "cache_read_input_tokens");
        int written = known(usage, "cache_creation_input_tokens");
        int input = known(usage, "input_tokens") + read + written;
        return OpenAiUsage.write(new Usage(input, read, written, known(usage, "output_tokens"), 0, Source.PROVIDER));
    }

    private static int known(JsonNode usage, String field) {
        return Math.max(0, Json.count(usage, field));
    }
}
