package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiUsage;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import org.jspecify.annotations.Nullable;

/** What an answer used. Cached tokens are among the prompt's; thoughts are not among the candidates', but billed like them. */
final class ContentUsage {

    private ContentUsage() {}

    /** In OpenAI's words, null when nothing was counted. */
    static @Nullable ObjectNode openAi(JsonNode usage) {
        if (Json.count(usage, "promptTokenCount") < 0) {
            return null;
        }
        int input = known(usage, "promptTokenCount") + known(usage, "toolUsePromptTokenCount");
        int thoughts = known(usage, "thoughtsTokenCount");
        int cached = Math.min(known(usage, "cachedContentTokenCount"), input);
        int output = known(usage, "candidatesTokenCount") + thoughts;
        return OpenAiUsage.write(new Usage(input, cached, 0, output, thoughts, Source.PROVIDER));
    }

    private static int known(JsonNode usage, String field) {
        return Math.max(0, Json.count(usage, field));
    }
}
