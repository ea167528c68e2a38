package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.domain.usage.Usage;
import io.perpetua.domain.usage.Usage.Source;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Usage as the providers spell it, brought to one shape: cached tokens under {@code prompt_tokens_details} or in a field
 * of the provider's own (DeepSeek, Moonshot, Anthropic), and reasoning that some leave out of the completion's tokens
 * (xAI, Gemini) though it is generated and billed: whatever the total holds beyond the prompt was output.
 */
public final class OpenAiUsage {

    private OpenAiUsage() {}

    /** The usage that a completion or a chunk carries, null when it carries none that makes sense. */
    public static @Nullable Usage of(JsonNode completion) {
        return Stream.of(
                        completion.path("usage"),
                        completion.path("x_groq").path("usage"),
                        completion.path("choices").path(0).path("usage"))
                .filter(node -> Json.count(node, "prompt_tokens") >= 0 && node.isObject())
                .findFirst()
                .map(OpenAiUsage::read)
                .orElse(null);
    }

    /** {@code usage} in OpenAI's words. */
    public static ObjectNode write(Usage usage) {
        var json = Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.input() + usage.output());
        var prompt = json.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedInput());
        if (usage.cacheWrite() > 0) {
            prompt.put("cache_write_tokens", usage.cacheWrite());
        }
        json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return json;
    }

    private static Usage read(JsonNode usage) {
        int input = Json.count(usage, "prompt_tokens");
        int completion = known(Json.count(usage, "completion_tokens"));
        int output = Math.max(completion, Json.count(usage, "total_tokens") - input);
        var promptDetails = usage.path("prompt_tokens_details");
        int cached = firstKnown(
                Json.count(promptDetails, "cached_tokens"),
                Json.count(usage, "prompt_cache_hit_tokens"),
                Json.count(usage, "cached_tokens"),
                Json.count(usage, "cache_read_input_tokens"));
        int written = firstKnown(
                Json.count(promptDetails, "cache_write_tokens"), Json.count(usage, "cache_creation_input_tokens"));
        int reasoning = firstKnown(
                Json.count(usage.path("completion_tokens_details"), "reasoning_tokens"), output - completion);
        int fromCache = Math.min(cached, input);
        return new Usage(
                input,
                fromCache,
                Math.min(written, input - fromCache),
                output,
                Math.min(reasoning, output),
                Source.PROVIDER);
    }

    private static int firstKnown(int... counts) {
        for (int count : counts) {
            if (count >= 0) {
                return count;
            }
        }
        return 0;
    }

    private static int known(int count) {
        return Math.max(count, 0);
    }
}
